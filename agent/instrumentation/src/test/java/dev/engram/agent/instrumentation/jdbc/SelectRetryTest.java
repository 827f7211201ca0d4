package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where a failed SELECT is executed again, or the query around it, with remedies in force that
 * would have it so. What fails is a function behind a view, as the database's own would.
 */
class SelectRetryTest {
  private static final String QUERY = "SELECT price FROM price_view";
  private static final String ACTION = Remedy.retry("select h2database:selects");
  private static final String DEADLOCK = "40001";
  private static final String LOST = "08006";

  private static final AtomicInteger CALLS = new AtomicInteger();
  private static volatile int failures;
  private static volatile String state = DEADLOCK;

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private HikariDataSource pool;
  private @Nullable OpenSpan request;

  /** Called by the database. */
  public static final class Function {
    private Function() {}

    public static int price() throws SQLException {
      CALLS.incrementAndGet();
      if (failures > 0) {
        failures--;
        throw new SQLException("not now", state);
      }
      return 42;
    }
  }

  @BeforeEach
  void connect() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:selects;DB_CLOSE_DELAY=-1");
    config.setMaximumPoolSize(3);
    pool = new HikariDataSource(config);
    failures = 0;
    execute("CREATE ALIAS IF NOT EXISTS next_price FOR '" + Function.class.getName() + ".price'");
    execute("CREATE VIEW IF NOT EXISTS price_view AS SELECT next_price() AS price");
    Healing.start(name -> false, HealLevel.OBSERVE);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
  }

  @AfterEach
  void stop() {
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    end();
    pool.close();
  }

  @Test
  void selectOnAConnectionThatLives_isExecutedAgain_whereItIs() throws SQLException {
    learn(() -> execute(QUERY));
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(calls(1, DEADLOCK, () -> statement.executeQuery(QUERY).close())).isEqualTo(2);
      assertThat(calls(2, DEADLOCK, () -> statement.execute(QUERY))).isEqualTo(3);
    }
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(QUERY + " LIMIT ?")) {
      statement.setInt(1, 1);
      assertThat(calls(1, DEADLOCK, () -> statement.executeQuery().close())).isEqualTo(2);
      assertThat(calls(1, DEADLOCK, statement::execute)).isEqualTo(2);
    }
    assertThat(resolved()).isEqualTo(4);
  }

  @Test
  void observedSelect_isExecutedOnce_andRemembered() {
    assertThat(calls(1, DEADLOCK, () -> execute(QUERY))).isEqualTo(1);

    assertThat(attempts()).extracting(RemedyAttemptRecord::remedyId).containsExactly(ACTION);
    assertThat(attempts()).extracting(RemedyAttemptRecord::arm).containsExactly("observed");
  }

  @Test
  void whatCallsOrChanges_isExecutedOnce_andLeavesNothing() {
    learn(() -> execute(QUERY));
    int before = attempts().size();

    assertThat(calls(1, DEADLOCK, () -> execute("SELECT next_price()"))).isEqualTo(1);
    assertThat(calls(1, DEADLOCK, () -> execute("CREATE TABLE u AS " + QUERY))).isEqualTo(1);
    assertThat(attempts()).hasSize(before);
  }

  @Test
  void inATransaction_orWithoutAutoCommit_isExecutedOnce() throws SQLException {
    learn(() -> execute(QUERY));
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(calls(1, DEADLOCK, () -> statement.execute(QUERY))).isEqualTo(1);
      assertThat(calls(1, DEADLOCK, () -> execute(QUERY))).isEqualTo(1);
      connection.rollback();
    }
  }

  @Test
  void whatWasCancelled_orReadsAStream_isExecutedOnce() throws SQLException {
    learn(() -> execute(QUERY));
    try (Connection connection = pool.getConnection();
        Statement cancelled = connection.createStatement();
        PreparedStatement reading = connection.prepareStatement(QUERY + " WHERE 'x' <> ?")) {
      cancelled.cancel();
      assertThat(calls(1, DEADLOCK, () -> cancelled.execute(QUERY))).isEqualTo(1);
      reading.setCharacterStream(1, new StringReader("41"));
      assertThat(calls(1, DEADLOCK, reading::execute)).isEqualTo(1);
    }
  }

  /** Nobody saw that it reads a stream. */
  @Test
  void whatWasSetWhileHealingWasOff_isExecutedOnce() throws SQLException {
    learn(() -> execute(QUERY));
    try (Connection connection = pool.getConnection();
        PreparedStatement reading = connection.prepareStatement(QUERY + " WHERE 'x' <> ?")) {
      Healing.level(HealLevel.OFF);
      reading.setCharacterStream(1, new StringReader("41"));
      Healing.level(HealLevel.AUTO);
      assertThat(calls(1, DEADLOCK, reading::execute)).isEqualTo(1);
    }
  }

  /** A pool's statement and the driver's are one to the database. */
  @Test
  void budget_isFilledOnceByEachSelect_howeverManyWrappersAreAroundIt() {
    learn(() -> execute(QUERY));
    int healed = 0;
    while (calls(1, DEADLOCK, () -> execute(QUERY)) == 2) {
      healed++;
    }
    assertThat(healed).as("500 tokens, 5 each").isEqualTo(100);

    for (int i = 1; i < 5; i++) {
      assertThat(calls(0, DEADLOCK, () -> execute(QUERY))).isEqualTo(1);
    }
    assertThat(calls(1, DEADLOCK, () -> execute(QUERY))).as("4 are left").isEqualTo(1);
    assertThat(calls(0, DEADLOCK, () -> execute(QUERY))).isEqualTo(1);
    assertThat(calls(1, DEADLOCK, () -> execute(QUERY))).as("5 are left").isEqualTo(2);
  }

  @Test
  void mistake_isExecutedOnce() {
    learn(() -> execute(QUERY));

    assertThat(calls(1, "22012", () -> execute(QUERY))).isEqualTo(1);
  }

  @Test
  void connectionThatWasLost_isReplaced_whereTheTemplateTookIt() {
    JdbcTemplate template = new JdbcTemplate(pool);
    learn(() -> template.queryForObject(QUERY, Integer.class), LOST);

    assertThat(calls(1, LOST, () -> execute(QUERY))).as("the statement alone").isEqualTo(1);
    assertThat(calls(2, LOST, () -> template.queryForObject(QUERY, Integer.class))).isEqualTo(3);
    assertThat(calls(1, LOST, () -> template.queryForList(QUERY + " LIMIT ?", Integer.class, 1)))
        .isEqualTo(2);
    assertThat(resolved()).isEqualTo(2);
  }

  @Test
  void queryThatHasGivenRows_orCallsWhatIsNotListed_isMadeOnce() {
    JdbcTemplate template = new JdbcTemplate(pool);
    learn(() -> template.queryForObject(QUERY, Integer.class), LOST);

    Work nested =
        () ->
            template.query(
                "SELECT 1",
                row -> {
                  try (Connection connection = pool.getConnection();
                      Statement statement = connection.createStatement()) {
                    statement.execute(QUERY);
                  }
                });
    assertThat(calls(1, LOST, nested)).isEqualTo(1);
    assertThat(calls(1, LOST, () -> template.queryForObject("SELECT next_price()", Integer.class)))
        .isEqualTo(1);
  }

  /** Of one failure the fingerprint, and then the remedy for it. */
  private void learn(Work work) {
    learn(work, DEADLOCK);
  }

  private void learn(Work work, String failure) {
    calls(1, failure, work);
    List<Remedy> remedies =
        attempts().stream()
            .map(
                it ->
                    new Remedy(
                        "R-000000000003",
                        ACTION,
                        it.fingerprint(),
                        Remedy.State.ACTIVE,
                        1,
                        4,
                        1,
                        1))
            .toList();
    assertThat(remedies).hasSize(1);
    Healing.apply(
        new Remedies(1, Instant.MAX, remedies), System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
    Healing.level(HealLevel.AUTO);
  }

  /** How often the database was asked by something that fails so often. */
  private static int calls(int failing, String sqlState, Work work) {
    CALLS.set(0);
    failures = failing;
    state = sqlState;
    Throwable thrown = catchThrowable(work::run);
    int left = failures;
    failures = 0;
    assertThat(thrown == null).isEqualTo(CALLS.get() > failing && left == 0);
    return CALLS.get();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<RemedyAttemptRecord> attempts() {
    return run.all(RemedyAttemptRecord.class).toList();
  }

  private long resolved() {
    return attempts().stream().filter(it -> it.result().equals("resolved")).count();
  }

  private void end() {
    if (request != null) {
      request.leave();
      request.end();
      request = null;
    }
  }

  /** Something that asks the database. */
  private interface Work {
    void run() throws Exception;
  }
}
