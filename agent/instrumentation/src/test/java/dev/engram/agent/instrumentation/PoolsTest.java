package dev.engram.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.engram.agent.core.sql.ConnectionPools;
import dev.engram.agent.core.sql.PoolState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pools of every library are read by their names for as long as they are open. */
class PoolsTest {
  private static final String URL = "jdbc:h2:mem:pooled";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void hikariCp_isRead() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(URL);
    config.setPoolName("orders");
    config.setMaximumPoolSize(1);
    HikariDataSource source = new HikariDataSource(config);
    isRead("orders", source, source::close);
  }

  @Test
  void tomcatJdbc_isRead() throws Exception {
    org.apache.tomcat.jdbc.pool.DataSource source = new org.apache.tomcat.jdbc.pool.DataSource();
    source.setUrl(URL);
    source.setDriverClassName("org.h2.Driver");
    source.setName("invoices");
    source.setMaxActive(1);
    source.setInitialSize(1);
    source.setMaxWait(60_000);
    isRead("invoices", source, source::close);
  }

  @Test
  void dbcp2_isRead() throws Exception {
    BasicDataSource source = new BasicDataSource();
    source.setUrl(URL);
    source.setMaxTotal(1);
    isRead("dbcp2-", source, source::close);
  }

  @Test
  void dbcp2_withAnUnboundedSizeAndANameForJmx() throws SQLException {
    try (BasicDataSource source = new BasicDataSource()) {
      source.setUrl(URL);
      source.setMaxTotal(-1);
      source.setJmxName("com.acme:type=DataSource,name=parts");
      source.getConnection().close();
      assertThat(read()).hasEntrySatisfying(key("parts"), it -> assertThat(it.max()).isNegative());
    }
  }

  /** Its only connection is idle, then used, then wanted by another thread, then idle again. */
  private static void isRead(String name, DataSource source, AutoCloseable close) throws Exception {
    source.getConnection().close();
    assertThat(state(name)).isEqualTo(new PoolState(0, 1, 0, 1));
    CompletableFuture<Void> second;
    try (Connection only = source.getConnection()) {
      assertThat(only.isClosed()).isFalse();
      assertThat(state(name)).isEqualTo(new PoolState(1, 0, 0, 1));
      second = CompletableFuture.runAsync(() -> use(source));
      await().until(() -> state(name).pending() == 1);
      assertThat(state(name)).isEqualTo(new PoolState(1, 0, 1, 1));
    }
    second.join();
    assertThat(state(name)).isEqualTo(new PoolState(0, 1, 0, 1));
    close.close();
    assertThat(read().keySet()).noneMatch(it -> it.contains(name));
  }

  private static void use(DataSource source) {
    try {
      source.getConnection().close();
    } catch (SQLException failed) {
      throw new CompletionException(failed);
    }
  }

  private static PoolState state(String name) {
    return read().get(key(name));
  }

  private static String key(String name) {
    return read().keySet().stream().filter(it -> it.contains(name)).findFirst().orElse(name);
  }

  private static Map<String, PoolState> read() {
    Map<String, PoolState> read = new TreeMap<>();
    ConnectionPools.read(read::put);
    return read;
  }
}
