package dev.engram.agent.instrumentation.dbcp2;

import static dev.engram.agent.instrumentation.PoolUsers.lookUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.ResizedPools;
import dev.engram.agent.instrumentation.PoolUsers;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.control.HealLevel;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.commons.dbcp2.DriverManagerConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool of Commons DBCP 2 that is too small, between users who never rest. */
class ResizedPoolTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private GenericObjectPool<PoolableConnection> pool;
  private PoolingDataSource<PoolableConnection> source;
  private PoolUsers users;

  @BeforeEach
  void open() {
    PoolUsers.expect();
    PoolableConnectionFactory factory =
        new PoolableConnectionFactory(new DriverManagerConnectionFactory("jdbc:h2:mem:few"), null);
    pool = new GenericObjectPool<>(factory);
    pool.setMaxTotal(2);
    factory.setPool(pool);
    source = new PoolingDataSource<>(pool);
    users = PoolUsers.of(source, pool.getJmxName().toString());
  }

  @AfterEach
  void close() throws InterruptedException {
    users.end();
    pool.close();
  }

  @Test
  void itIsLargerWhileItsConnectionsDoNotSuffice_andHasItsOwnSizeBackWithNothingTooMuch() {
    enlarge();

    Healing.level(HealLevel.OFF);
    ResizedPools.beat();
    assertThat(pool.getMaxTotal()).isEqualTo(2);
    lookUntil("the others were taken out", () -> total() == 2);
    int before = users.uses();
    lookUntil("all go on", () -> users.uses() >= before + 40);
    assertThat(total()).isEqualTo(2);
  }

  /** The pool rolls it back when it gets it, and who closes it may commit it. */
  @Test
  void connectionWithWorkThatIsNotCommitted_isNotTakenOut() throws SQLException {
    enlarge();
    Connection kept = source.getConnection();
    kept.setAutoCommit(false);
    users.rest();
    lookUntil("nobody else has one", () -> pool.getNumActive() == 1);

    Healing.level(HealLevel.OFF);
    ResizedPools.beat();
    ResizedPools.beat();
    long before = pool.getDestroyedCount();
    int connections = total();
    assertThat(connections).isGreaterThan(2);
    kept.close();
    assertThat(pool.getDestroyedCount()).isEqualTo(before);
    source.getConnection().close();
    assertThat(pool.getDestroyedCount()).as("one without is").isEqualTo(before + 1);
    assertThat(total()).isEqualTo(connections - 1);
  }

  /** Else nobody would give it back to the pool that it is of. */
  @Test
  void whatWasNotTakenOut_isNotSaidToBe() throws SQLException {
    enlarge();
    shrinkWithAllIdle();

    try (Connection ofNoPool = DriverManager.getConnection("jdbc:h2:mem:few")) {
      assertThat(ResizedPools.givenBack(pool, ofNoPool)).isFalse();
    }
    assertThat(ResizedPools.givenBack(pool, refusing())).isFalse();
  }

  @Test
  void whoeverGivesOneBackOnceTheOthersAreGone_keepsIt() throws SQLException {
    enlarge();
    Connection kept = source.getConnection();
    shrinkWithAllIdle();
    pool.clear();

    long before = pool.getDestroyedCount();
    kept.close();
    assertThat(pool.getDestroyedCount()).isEqualTo(before);
    assertThat(pool.getNumIdle()).isEqualTo(1);
  }

  /** With more of them than it may have, and nobody who gives one back. */
  private void shrinkWithAllIdle() {
    users.rest();
    lookUntil("nobody else has one", () -> pool.getNumActive() <= 1);
    Healing.level(HealLevel.OFF);
    ResizedPools.beat();
    ResizedPools.beat();
    assertThat(total()).isGreaterThan(2);
  }

  private static Connection refusing() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private void enlarge() {
    users.user(1);
    lookUntil("what is usual is known", () -> users.uses() >= 50);
    users.user(2);
    users.user(3);
    users.user(4);
    lookUntil("all have a connection", () -> total() == 4);
    assertThat(pool.getMaxTotal()).isEqualTo(4);
  }

  private int total() {
    return pool.getNumActive() + pool.getNumIdle();
  }
}
