package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.sql.SeenTransaction;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** How transactions end, through drivers that declare the methods in different places. */
@ParameterizedClass(name = "{0}, pooled: {1}")
@CsvSource({"h2, false", "h2, true", "sqlite, false", "sqlite, true"})
class JdbcTransactionTest {
  private static final String DURATION = "engram.db.transaction.duration";

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
  void createOrders() throws SQLException {
    connection = pooled ? pooled() : DriverManager.getConnection(url());
    execute("CREATE TABLE orders (id INT PRIMARY KEY)");
    before = run.spans().size();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    if (pool != null) {
      pool.close();
    }
  }

  @Test
  void commit_isASpanWithTheTimeSinceTheFirstStatement() throws SQLException {
    connection.setAutoCommit(false);
    long begin = System.nanoTime();
    execute("INSERT INTO orders VALUES (1)");
    long inserted = System.nanoTime();
    execute("INSERT INTO orders VALUES (2)");
    long committing = System.nanoTime();
    connection.commit();
    long end = System.nanoTime();

    assertThat(names()).containsExactly("INSERT orders", "INSERT orders", "COMMIT");
    SpanRecord commit = mine().get(2);
    assertThat(commit.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(commit.category()).isEqualTo(Category.SQL);
    assertThat(commit.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(commit.attributes())
        .containsEntry("db.operation.name", "COMMIT")
        .containsEntry("db.system.name", driver.equals("h2") ? "h2database" : "sqlite")
        .doesNotContainKey("db.query.text");
    assertThat((long) commit.attributes().get(DURATION))
        .isBetween(committing - inserted, end - begin);
  }

  @Test
  void rollback_isASpan_andTheNextTransactionBeginsAnew() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO orders VALUES (1)");
    connection.rollback();
    long begin = System.nanoTime();
    execute("INSERT INTO orders VALUES (1)");
    connection.commit();
    long end = System.nanoTime();

    assertThat(names()).containsExactly("INSERT orders", "ROLLBACK", "INSERT orders", "COMMIT");
    assertThat(mine().get(1).attributes()).containsEntry("db.operation.name", "ROLLBACK");
    assertThat((long) mine().get(3).attributes().get(DURATION)).isLessThanOrEqualTo(end - begin);
  }

  @Test
  void autoCommitSwitchedOn_commits() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO orders VALUES (1)");
    connection.setAutoCommit(true);
    execute("INSERT INTO orders VALUES (2)");

    assertThat(names()).containsExactly("INSERT orders", "COMMIT", "INSERT orders");
    assertThat(mine().get(1).attributes()).containsKey(DURATION);
  }

  @Test
  void transactionWithoutStatements_leavesNothing() throws SQLException {
    connection.setAutoCommit(false);
    connection.commit();
    connection.rollback();
    connection.setAutoCommit(true);

    assertThat(names()).isEmpty();
  }

  @Test
  void transactionThatIsLeftOpen_isSeenToBeRolledBackByThePool() throws SQLException {
    connection.setAutoCommit(false);
    execute("INSERT INTO orders VALUES (1)");
    connection.close();

    assertThat(names())
        .isEqualTo(pooled ? List.of("INSERT orders", "ROLLBACK") : List.of("INSERT orders"));
  }

  @Test
  void requestKnows_whetherATransactionIsOpenInIt() throws SQLException {
    OpenSpan request =
        Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
    execute("INSERT INTO orders VALUES (1)");
    assertThat(request.hasTransaction()).isFalse();
    connection.setAutoCommit(false);
    assertThat(request.hasTransaction()).as("from now on").isTrue();

    execute("INSERT INTO orders VALUES (2)");
    execute("INSERT INTO orders VALUES (3)");
    assertThat(request.hasTransaction()).isTrue();
    connection.rollback();
    assertThat(request.hasTransaction()).isFalse();

    execute("INSERT INTO orders VALUES (2)");
    assertThat(request.hasTransaction()).isTrue();
    connection.setAutoCommit(true);
    assertThat(request.hasTransaction()).isFalse();
    request.leave();
    request.end();
  }

  @Test
  void threadKnows_whetherATransactionIsOpenThatItBegan_alsoOutsideOfARequest() throws Exception {
    assertThat(SeenTransaction.isOnThread()).isFalse();
    connection.setAutoCommit(false);
    assertThat(SeenTransaction.isOnThread()).isTrue();

    execute("INSERT INTO orders VALUES (2)");
    Thread other = new Thread(this::rollBack);
    other.start();
    other.join();
    assertThat(SeenTransaction.isOnThread()).isFalse();

    execute("INSERT INTO orders VALUES (2)");
    assertThat(SeenTransaction.isOnThread()).isTrue();
    connection.commit();
    assertThat(SeenTransaction.isOnThread()).isFalse();
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private List<String> names() {
    return mine().stream().map(SpanRecord::name).toList();
  }

  private List<SpanRecord> mine() {
    List<SpanRecord> all = run.spans();
    return all.subList(Math.min(before, all.size()), all.size());
  }

  private Connection pooled() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setMaximumPoolSize(1);
    pool = new HikariDataSource(config);
    return pool.getConnection();
  }

  private String url() {
    return driver.equals("h2")
        ? "jdbc:h2:mem:" + folder.getFileName()
        : "jdbc:sqlite:" + folder.resolve("db");
  }
}
