package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletableFuture;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcAcquisitionTest {
  private static final String NOWHERE = "jdbc:h2:mem:nowhere;IFEXISTS=TRUE";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final HikariDataSource pool = pool();

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void waitForAPool_isOneSpanOfTheRequest() throws SQLException {
    Connection only = pool.getConnection();
    OpenSpan request = request();
    CompletableFuture<Void> released = CompletableFuture.runAsync(() -> releaseWhenWanted(only));
    pool.getConnection().close();
    end(request);
    released.join();

    SpanRecord span = run.spans(2).get(0);
    assertThat(span.name()).isEqualTo("HikariDataSource.getConnection");
    assertThat(span.kind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(span.category()).isEqualTo(Category.SQL);
    assertThat(span.parentSpanId()).isEqualTo(run.spans().get(1).spanId());
    assertThat(span.durationNanos()).isGreaterThanOrEqualTo(AcquisitionCapture.WORTH_NANOS);
    assertThat(span.attributes())
        .containsEntry("code.function.name", "com.zaxxer.hikari.HikariDataSource.getConnection")
        .containsEntry("db.system.name", "h2database")
        .containsEntry("db.namespace", "acquired");
  }

  @Test
  void connectionThatIsReady_leavesNothing() throws SQLException {
    pool.getConnection().close();
    OpenSpan request = request();
    for (int i = 0; i < 1000; i++) {
      pool.getConnection().close();
    }
    end(request);

    // The machine may interrupt one or another for as long as a wait.
    assertThat(run.spans()).hasSizeLessThan(100);
  }

  @Test
  void exhaustedPool_isAnErrorOfTheWait() throws SQLException {
    try (Connection only = pool.getConnection()) {
      // Only now: the first connection takes as long as the machine wants.
      pool.setConnectionTimeout(250);
      assertThatExceptionOfType(SQLTransientConnectionException.class)
          .isThrownBy(pool::getConnection);
      assertThat(only.isClosed()).isFalse();
    }

    SpanRecord span = run.onlySpan();
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.durationNanos()).isGreaterThan(200_000_000);
    assertThat(run.exceptions()).singleElement();
  }

  @Test
  void sourceThatCannotConnect_saysWhy() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(NOWHERE);
    assertThatExceptionOfType(SQLException.class).isThrownBy(source::getConnection);

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("JdbcDataSource.getConnection");
    assertThat(span.attributes()).containsEntry("db.response.status_code", "90146");
    assertThat(run.exceptions()).singleElement();
  }

  @Test
  void driver_isASourceToo() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection(NOWHERE));

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("Driver.connect");
    assertThat(span.attributes()).containsEntry("db.response.status_code", "90146");
  }

  private static OpenSpan request() {
    return Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /orders").enter();
  }

  private static void end(OpenSpan request) {
    request.leave();
    request.end();
  }

  private void releaseWhenWanted(Connection only) {
    await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
    long until = System.nanoTime() + 2 * AcquisitionCapture.WORTH_NANOS;
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    try {
      only.close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:acquired");
    config.setMaximumPoolSize(1);
    // It connects with the first request, not while the field is made.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
