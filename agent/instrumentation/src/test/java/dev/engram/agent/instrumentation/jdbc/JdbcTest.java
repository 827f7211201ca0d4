package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The same statements through the driver alone and through a pool's wrappers. */
@ParameterizedClass(name = "pooled: {0}")
@ValueSource(booleans = {false, true})
class JdbcTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Parameter boolean pooled;

  private DataSource source;
  private Connection connection;
  private int before;

  @BeforeEach
  void createOrders() throws SQLException {
    source = pooled ? pool() : driver();
    connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS orders (id INT PRIMARY KEY, name VARCHAR(20))");
      statement.execute("DELETE FROM orders");
    }
    before = run.spans().size();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    if (source instanceof HikariDataSource pool) {
      pool.close();
    }
  }

  @Test
  void query_isOneSpanWithMaskedText() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM orders WHERE name = 'secret'")) {
      assertThat(rows.next()).isFalse();
    }

    SpanRecord span = only();
    assertThat(span.name()).isEqualTo("SELECT orders");
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.category()).isEqualTo(Category.SQL);
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.attributes())
        .containsEntry("db.query.text", "SELECT * FROM orders WHERE name = ?")
        .containsEntry("db.operation.name", "SELECT")
        .containsEntry("db.system.name", "h2database")
        .containsEntry("db.namespace", "shop")
        .doesNotContainKey("engram.db.update_count");
  }

  @Test
  void closedStatement_isForgotten() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("SELECT * FROM orders");
    int whileOpen = run.attached("jdbc", PrepareCapture.class.getName());

    statement.close();

    assertThat(run.attached("jdbc", PrepareCapture.class.getName())).isLessThan(whileOpen);
  }

  @Test
  void preparedUpdate_knowsItsTextAndItsRows() throws SQLException {
    insert(1);

    SpanRecord span = only();
    assertThat(span.name()).isEqualTo("INSERT orders");
    assertThat(span.attributes())
        .containsEntry("db.query.text", "INSERT INTO orders VALUES (?, ?)")
        .containsEntry("engram.db.update_count", 1L);
  }

  @Test
  void batch_isOneSpanWithItsSize() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO orders VALUES (?, 'x')")) {
      for (int id = 1; id <= 3; id++) {
        insert.setInt(1, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }

    SpanRecord span = only();
    assertThat(span.name()).isEqualTo("BATCH INSERT orders");
    assertThat(span.attributes())
        .containsEntry("db.operation.name", "BATCH INSERT")
        .containsEntry("db.operation.batch.size", 3L)
        .containsEntry("engram.db.update_count", 3L);
  }

  @Test
  void plainBatch_isNamedByItsFirstText() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO orders VALUES (1, 'a')");
      statement.addBatch("UPDATE orders SET name = 'b'");
      statement.executeBatch();
      statement.addBatch("DELETE FROM orders");
      statement.addBatch("DELETE FROM orders");
      statement.executeBatch();
    }

    assertThat(mine())
        .extracting(SpanRecord::name)
        .containsExactly("BATCH INSERT orders", "BATCH DELETE orders");
  }

  @Test
  void failedBatch_countsWhatWentIn() throws SQLException {
    insert(2);
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO orders VALUES (1, 'a')");
      statement.addBatch("INSERT INTO orders VALUES (2, 'b')");
      assertThatExceptionOfType(BatchUpdateException.class).isThrownBy(statement::executeBatch);
    }

    SpanRecord span = mine().get(1);
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes())
        .containsEntry("db.operation.batch.size", 2L)
        .containsEntry("engram.db.update_count", 1L);
  }

  @Test
  void largeBatchAndUpdate_areLikeTheOthers() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO orders VALUES (?, 'x')")) {
      for (int id = 1; id <= 2; id++) {
        insert.setInt(1, id);
        insert.addBatch();
      }
      assertThat(insert.executeLargeBatch()).containsExactly(1, 1);
    }
    try (Statement update = connection.createStatement()) {
      assertThat(update.executeLargeUpdate("UPDATE orders SET name = 'y'")).isEqualTo(2);
    }

    assertThat(mine()).hasSize(2);
    assertThat(mine().get(0).attributes())
        .containsEntry("db.operation.batch.size", 2L)
        .containsEntry("engram.db.update_count", 2L);
    assertThat(mine().get(1).attributes())
        .containsEntry("db.operation.name", "UPDATE")
        .containsEntry("engram.db.update_count", 2L);
  }

  @Test
  void failedStatement_isOneExceptionWithItsState() throws SQLException {
    insert(1);
    assertThatExceptionOfType(SQLException.class).isThrownBy(() -> insert(1));

    SpanRecord span = mine().get(1);
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes()).containsEntry("db.response.status_code", "23505");
    assertThat(run.exceptions()).singleElement();
  }

  @Test
  void faultyText_isRememberedWhereverTheDriverRefusesIt() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connection.prepareStatement("SELECT nonsense FROM nowhere"));

    assertThat(run.exceptions()).singleElement();
  }

  @Test
  void call_isNamedByItsProcedure() throws SQLException {
    try (CallableStatement call = connection.prepareCall("{? = call abs(?)}")) {
      call.registerOutParameter(1, Types.INTEGER);
      call.setInt(2, -7);
      call.execute();
      assertThat(call.getInt(1)).isEqualTo(7);
    }

    SpanRecord span = only();
    assertThat(span.name()).isEqualTo("CALL abs");
    assertThat(span.attributes())
        .containsEntry("db.operation.name", "CALL")
        .containsEntry("db.query.text", "{? = call abs(?)}");
  }

  private void insert(int id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO orders VALUES (?, ?)")) {
      insert.setInt(1, id);
      insert.setString(2, "secret");
      assertThat(insert.executeUpdate()).isOne();
    }
  }

  private SpanRecord only() {
    assertThat(mine()).hasSize(1);
    return mine().get(0);
  }

  private List<SpanRecord> mine() {
    return run.spans().subList(before, run.spans().size());
  }

  private static JdbcDataSource driver() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:shop");
    return source;
  }

  private static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver());
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }
}
