package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.acme.shop.StubbornConnection;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application sees what it would see without us, and the span says what was seen. */
class JdbcBadInputTest {
  private static final int HUGE = 10 << 20;

  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void hugeText_isExecuted_andItsBeginningRemembered() throws SQLException {
    String text = "SELECT id FROM orders WHERE name = 'a" + "x".repeat(HUGE) + "'";
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:huge");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE orders (id INT PRIMARY KEY, name VARCHAR)");
      try (ResultSet rows = statement.executeQuery(text)) {
        assertThat(rows.next()).isFalse();
      }
      try (PreparedStatement prepared = connection.prepareStatement(text);
          ResultSet rows = prepared.executeQuery()) {
        assertThat(rows.next()).isFalse();
      }
    }

    assertThat(run.spans(3).subList(1, 3))
        .allSatisfy(
            span -> {
              assertThat(span.name()).isEqualTo("SELECT orders");
              assertThat(span.attributes())
                  .containsEntry("db.query.text", "SELECT id FROM orders WHERE name = ?...");
            });
  }

  @Test
  void hugeFaultyText_failsAsItWould() throws SQLException {
    String text = "SELEC '" + "x".repeat(HUGE) + "'";
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:huge");
        Statement statement = connection.createStatement()) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.executeQuery(text))
          .satisfies(thrown -> assertThat(thrown.getSQLState()).isEqualTo("42001"))
          .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeGreaterThan(HUGE));
    }

    SpanRecord span = run.onlySpan();
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes()).containsEntry("db.response.status_code", "42001");
    assertThat(run.exceptions()).singleElement();
  }

  @Test
  void driverThatDoesNotTellItsDatabase_isAskedOnce() throws SQLException {
    try (StubbornConnection connection = new StubbornConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("CREATE TABLE orders (id INT PRIMARY KEY)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO orders VALUES (1)")) {
        assertThat(insert.executeUpdate()).isOne();
      }
      connection.commit();
      assertThat(connection.refused).isOne();
    }

    List<SpanRecord> spans = run.spans();
    assertThat(spans)
        .extracting(SpanRecord::name)
        .containsSequence("CREATE orders", "INSERT orders", "COMMIT");
    assertThat(spans)
        .allSatisfy(
            span -> assertThat(span.attributes()).containsEntry("db.system.name", "other_sql"));
    assertThat(Tracing.current()).isNull();
  }

  @Test
  void commitThatFails_isAnError_andLeavesTheTransactionOpen() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA foreign_keys = ON");
      statement.executeUpdate("CREATE TABLE orders (id INT PRIMARY KEY)");
      statement.executeUpdate(
          "CREATE TABLE lines (id INT REFERENCES orders (id) DEFERRABLE INITIALLY DEFERRED)");
      connection.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO lines VALUES (7)");
      assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
      connection.rollback();
    }

    List<SpanRecord> spans = run.spans();
    SpanRecord commit = spans.get(spans.size() - 2);
    SpanRecord rollback = spans.get(spans.size() - 1);
    assertThat(commit.name()).isEqualTo("COMMIT");
    assertThat(commit.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(rollback.name()).isEqualTo("ROLLBACK");
    assertThat(rollback.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(transactionNanos(rollback)).isGreaterThan(transactionNanos(commit));
    assertThat(run.exceptions()).singleElement();
  }

  @Test
  void commitOfAClosedConnection_isAnException() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:h2:mem:huge");
    connection.close();
    assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);

    assertThat(run.spans()).isEmpty();
    assertThat(run.exceptions()).singleElement();
  }

  @Test
  void closingTwice_isNothing_andUseAfterwardsFailsAsItWould() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:h2:mem:huge");
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT 1");
    assertThat(rows.next()).isTrue();
    for (int i = 0; i < 2; i++) {
      assertThatNoException().isThrownBy(rows::close);
      assertThatNoException().isThrownBy(statement::close);
      assertThatNoException().isThrownBy(connection::close);
    }
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> statement.executeQuery("SELECT 2"));

    List<SpanRecord> spans = run.spans(2);
    assertThat(spans.get(0).attributes()).containsEntry("db.response.returned_rows", 1L);
    assertThat(spans.get(1).status()).isEqualTo(SpanStatus.ERROR);
    assertThat(run.exceptions()).singleElement();
  }

  private static long transactionNanos(SpanRecord span) {
    return (long) span.attributes().get("engram.db.transaction.duration");
  }
}
