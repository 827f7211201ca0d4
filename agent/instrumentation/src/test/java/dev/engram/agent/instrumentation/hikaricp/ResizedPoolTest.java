package dev.engram.agent.instrumentation.hikaricp;

import static dev.engram.agent.instrumentation.PoolUsers.lookUntil;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.ResizedPools;
import dev.engram.agent.instrumentation.PoolUsers;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.control.HealLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool of HikariCP that is too small, between users who never rest. */
class ResizedPoolTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private HikariDataSource source;
  private HikariPoolMXBean pool;
  private PoolUsers users;

  @BeforeEach
  void open() {
    PoolUsers.expect();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:small");
    config.setPoolName("small");
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(60_000);
    source = new HikariDataSource(config);
    pool = source.getHikariPoolMXBean();
    users = PoolUsers.of(source, "small");
  }

  @AfterEach
  void close() throws InterruptedException {
    users.end();
    source.close();
  }

  @Test
  void itIsLargerWhileItsConnectionsDoNotSuffice_andHasItsOwnSizeBackWithNothingTooMuch() {
    users.user(1);
    lookUntil("what is usual is known", () -> users.uses() >= 50);
    users.user(2);
    users.user(3);
    users.user(4);
    lookUntil("all have a connection", () -> pool.getTotalConnections() == 4);
    assertThat(source.getMaximumPoolSize()).isEqualTo(4);

    Healing.level(HealLevel.OFF);
    ResizedPools.beat();
    assertThat(source.getMaximumPoolSize()).isEqualTo(2);
    lookUntil("the others were taken out", () -> pool.getTotalConnections() == 2);
    int before = users.uses();
    lookUntil("all go on", () -> users.uses() >= before + 40);
    assertThat(pool.getTotalConnections()).isEqualTo(2);
  }
}
