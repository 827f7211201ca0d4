package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteConnection;
import org.sqlite.jdbc4.JDBC4Statement;

/** What statements gave, through drivers that differ in when they may be asked. */
@ParameterizedClass(name = "{0}, pooled: {1}")
@CsvSource({"h2, false", "h2, true", "sqlite, false", "sqlite, true"})
class JdbcResultTest {
  private static final String ROWS = "db.response.returned_rows";
  private static final String UPDATES = "engram.db.update_count";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  @TempDir private Path folder;

  @Parameter(0)
  String driver;

  @Parameter(1)
  boolean pooled;

  private HikariDataSource pool;
  private Connection connection;
  private int before;

  @BeforeEach
  void createThreeOrders() throws SQLException {
    connection = pooled ? pooled() : DriverManager.getConnection(url());
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE orders (id INT PRIMARY KEY)");
      statement.executeUpdate("INSERT INTO orders VALUES (1), (2), (3)");
    }
    before = run.spans().size();
  }

  @AfterEach
  void close() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DROP TABLE orders");
    }
    connection.close();
    if (pool != null) {
      pool.close();
    }
  }

  @Test
  void rowsOfAQuery_areCountedToTheLast() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT id FROM orders")) {
      ResultSet rows = query.executeQuery();
      read(rows, 3);
      assertThat(rows.next()).isFalse();

      assertThat(only().attributes()).containsEntry(ROWS, 3L);
    }
    assertThat(only().attributes()).doesNotContainKey(UPDATES);
  }

  @Test
  void rowsThatWereNotRead_areNotCounted() throws SQLException {
    try (Statement query = connection.createStatement()) {
      try (ResultSet rows = query.executeQuery("SELECT id FROM orders")) {
        read(rows, 2);
      }
      assertThat(only().attributes()).containsEntry(ROWS, 2L);
    }
    only();
  }

  @Test
  void emptyResult_hasNoRows() throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery("SELECT id FROM orders WHERE id > 3")) {
      assertThat(rows.next()).isFalse();
    }
    assertThat(only().attributes()).containsEntry(ROWS, 0L);
  }

  @Test
  void resultThatNobodyLookedAt_hasNoCount() throws SQLException {
    try (Statement query = connection.createStatement()) {
      query.executeQuery("SELECT id FROM orders").close();
    }
    assertThat(only().attributes()).doesNotContainKey(ROWS);
  }

  @Test
  void duration_isThatOfTheExecutionAlone() throws SQLException {
    long begin = System.nanoTime();
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery("SELECT id FROM orders")) {
      long executed = System.nanoTime() - begin;
      long until = System.nanoTime() + 2 * executed;
      while (System.nanoTime() - until < 0) {
        Thread.onSpinWait();
      }
      read(rows, 1);
      rows.close();
      assertThat(only().durationNanos()).isLessThanOrEqualTo(executed);
    }
  }

  @Test
  void openResult_endsWithItsStatement() throws SQLException {
    Statement query = connection.createStatement();
    read(query.executeQuery("SELECT id FROM orders"), 1);
    assertThat(run.spans()).hasSize(before);
    query.close();

    assertThat(only().attributes()).containsEntry(ROWS, 1L);
  }

  @Test
  void openResult_endsWhenTheStatementRunsAgain() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT id FROM orders")) {
      read(query.executeQuery(), 1);
      read(query.executeQuery(), 2);

      assertThat(only().attributes()).containsEntry(ROWS, 1L);
    }
    assertThat(run.spans(before + 2).get(before + 1).attributes()).containsEntry(ROWS, 2L);
  }

  @Test
  void openResult_endsWithItsRequest() throws SQLException {
    Statement leaked = connection.createStatement();
    OpenSpan request = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /orders").enter();
    read(leaked.executeQuery("SELECT id FROM orders"), 2);
    request.leave();
    request.end();

    assertThat(run.spans().subList(before, before + 2))
        .extracting(SpanRecord::name)
        .containsExactly("SELECT orders", "GET /orders");
    assertThat(run.spans().get(before).attributes()).containsEntry(ROWS, 2L);
    leaked.close();
    assertThat(run.spans()).hasSize(before + 2);
  }

  @Test
  void executedQuery_isCountedThroughItsResultSet() throws SQLException {
    try (Statement query = connection.createStatement()) {
      assertThat(query.execute("SELECT id FROM orders")).isTrue();
      try (ResultSet rows = query.getResultSet()) {
        read(rows, 3);
      }
      assertThat(only().attributes()).containsEntry(ROWS, 3L).doesNotContainKey(UPDATES);
    }
    only();
  }

  @Test
  void executedUpdate_hasTheCountThatTheApplicationGot() throws SQLException {
    try (Statement update = connection.createStatement()) {
      assertThat(update.execute("UPDATE orders SET id = id + 10 WHERE id > 1")).isFalse();
      assertThat(update.getUpdateCount()).isEqualTo(2);
      assertThat(only().attributes()).containsEntry(UPDATES, 2L).doesNotContainKey(ROWS);
    }
    only();
  }

  @Test
  void executedUpdate_isAskedForItsCountOnlyWhereThatIsFree() throws SQLException {
    SQLiteConnection sqlite =
        driver.equals("sqlite") ? connection.unwrap(SQLiteConnection.class) : null;
    try (CountingStatement asked = sqlite == null ? null : new CountingStatement(sqlite);
        Statement update = asked == null ? connection.createStatement() : asked) {
      update.execute("DELETE FROM orders WHERE id = 1");
      if (asked != null) {
        assertThat(asked.times).isZero();
      }
    }
    assertThat(only().attributes().containsKey(UPDATES)).isEqualTo(sqlite == null);
  }

  private static void read(ResultSet rows, int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      assertThat(rows.next()).isTrue();
    }
  }

  private SpanRecord only() {
    return run.spans(before + 1).get(before);
  }

  private Connection pooled() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(1);
    pool = new HikariDataSource(config);
    return pool.getConnection();
  }

  private String url() {
    return driver.equals("h2") ? "jdbc:h2:mem:results" : "jdbc:sqlite:" + folder.resolve("db");
  }

  /** Says how often it was asked for its update count. */
  private static final class CountingStatement extends JDBC4Statement {
    private int times;

    CountingStatement(SQLiteConnection connection) {
      super(connection);
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
      times++;
      return super.getLargeUpdateCount();
    }
  }
}
