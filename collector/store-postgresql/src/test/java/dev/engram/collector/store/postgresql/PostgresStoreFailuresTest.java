package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.testkit.Rows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the database does that a file does not. */
class PostgresStoreFailuresTest {
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);

  @TempDir private Path folder;

  @Test
  void collectorsAtOnce_writeOneOrder_withoutAHole() throws Exception {
    int collectors = 4;
    int batches = 25;
    ExecutorService threads = Executors.newFixedThreadPool(collectors);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int number = 0; number < collectors; number++) {
        InstanceId instance = new InstanceId(new UUID(7, number));
        done.add(threads.submit(() -> writeBatches(instance, batches)));
      }
      for (Future<?> one : done) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    try (Store store = open()) {
      assertThat(store.reader().spans(new SpanFilter(0, 0, null, null, null, null, 0, 1, 0)))
          .extracting(StoredSpan::arrival)
          .hasSize(collectors * batches - 1)
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  /** A pool notices some cut connections by itself, others with the call that fails. */
  @Test
  void connectionThatIsCut_losesOneCallAtMost_andTheSameAgainIsStoredOnce() throws SQLException {
    InstanceId instance = new InstanceId(new UUID(1, 1));
    try (Store store = open()) {
      put(store, instance);
      for (int position = 1; position <= 5; position++) {
        cutConnections();
        try {
          write(store, instance, position);
        } catch (StoreException failure) {
          assertThat(failure.isRetryable()).isTrue();
        }
        write(store, instance, position);
      }
      cutConnections();
      assertThat(spans(store)).isEqualTo(5);
    }
  }

  @Test
  void tablesOfAnotherProgram_andOfANewerVersion_areRefused() throws SQLException {
    execute("CREATE SCHEMA engram", "CREATE TABLE engram.other (id int)");
    try (Store store = open()) {
      assertFails(store, Kind.INCOMPATIBLE_SCHEMA, "of another program");
    }
    execute("DROP SCHEMA engram CASCADE");
    try (Store store = open()) {
      InstanceId instance = new InstanceId(new UUID(1, 1));
      put(store, instance);
      write(store, instance, 1);
      execute("UPDATE engram.engram_schema SET version = 99");
      assertThatThrownBy(() -> write(store, instance, 2))
          .as("a collector that was there before")
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("newer Engram (schema 99");
    }
    try (Store store = open()) {
      assertFails(store, Kind.INCOMPATIBLE_SCHEMA, "newer Engram (schema 99");
    }
  }

  @Test
  void storeToRead_makesNothing() throws SQLException {
    try (Store store = PostgresStore.openReadOnly(Databases.of(folder))) {
      assertFails(store, Kind.INCOMPATIBLE_SCHEMA, "has no tables of Engram yet");
    }
    execute("CREATE SCHEMA engram");
  }

  @Test
  void serverThatIsNotThere_andWrongDatabase_areSaidInOneLine() {
    PostgresAddress nobody = new PostgresAddress("jdbc:postgresql://127.0.0.1:1/engram", "u", "p");
    try (Store store = PostgresStore.open(nobody, Clock.systemUTC())) {
      assertFails(store, Kind.UNAVAILABLE, "Check that the database runs and can be reached");
    }
    String url = Databases.of(folder).url().replaceAll("/memory\\d+", "/nowhere");
    try (Store store =
        PostgresStore.open(new PostgresAddress(url, null, null), Clock.systemUTC())) {
      assertFails(store, Kind.UNAVAILABLE, "Create that database, or correct the URL");
    }
    assertThatThrownBy(() -> new PostgresAddress("jdbc:mysql://x/y", null, null))
        .hasMessageContaining("jdbc:postgresql:");
    assertThat(new PostgresAddress("jdbc:postgresql://x/y?password=secret", null, "secret"))
        .hasToString("jdbc:postgresql://x/y");
  }

  @Test
  void urlThatCannotBeRead_isRefused_andNobodyWritesItAnywhere() {
    List<LogRecord> written = new ArrayList<>();
    Handler handler = new Listening(written);
    Logger.getLogger("").addHandler(handler);
    try {
      for (String wrong :
          List.of(
              "jdbc:postgresql://db:54x2/engram?password=secret",
              "jdbc:postgresql://db?password=secret",
              "jdbc:postgresql://db/engram/secret",
              "jdbc:postgresql://ada:secret@db/engram",
              "jdbc:postgresql://ada:secret@db:5432/engram",
              "jdbc:postgresql:ada:secret@db/engram")) {
        assertThatThrownBy(() -> new PostgresAddress(wrong, null, null))
            .isInstanceOf(IllegalArgumentException.class)
            .message()
            .doesNotContain("secret");
      }
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }
    assertThat(written).isEmpty();
    for (String right :
        List.of(
            "jdbc:postgresql:engram",
            "jdbc:postgresql://db/engram?user=ada@cloud",
            "jdbc:postgresql://db:5432,[::1]:5433/engram")) {
      assertThat(new PostgresAddress(right, null, null).url()).isEqualTo(right);
    }
  }

  /** So that the intake sets them aside and stores the others. */
  @Test
  void rowsThatAreRefused_areNoFailureOfTheStore_andNotInTheMessage() throws SQLException {
    InstanceId instance = new InstanceId(new UUID(1, 1));
    try (Store store = open()) {
      put(store, instance);
      execute("ALTER TABLE engram.span ADD CONSTRAINT refused CHECK (name <> 'GET /cart')");
      assertThatThrownBy(() -> write(store, instance, 1))
          .isInstanceOf(RowsRefusedException.class)
          .hasMessageContaining("refused")
          .satisfies(
              failure -> {
                assertThat(failure.getMessage()).doesNotContain("INSERT").hasSizeLessThan(500);
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain("/cart");
              });
      execute("ALTER TABLE engram.span DROP CONSTRAINT refused");
      write(store, instance, 1);
      assertThat(spans(store)).isEqualTo(1);
    }
  }

  @Test
  void tablesOfTheDayThatWentMeanwhile_areMadeAnew() throws SQLException {
    InstanceId instance = new InstanceId(new UUID(1, 1));
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T00:00:00Z"), ZoneOffset.UTC);
    try (Store store = PostgresStore.open(Databases.of(folder), clock)) {
      put(store, instance);
      write(store, instance, 1);
      execute("DROP TABLE engram.span_20260102");

      write(store, instance, 2);

      assertThat(spans(store)).isEqualTo(1);
    }
  }

  /** One that has tables, since they were made by an earlier version, is used as it is. */
  @Test
  void databaseThatCannotKeepEveryText_isRefused_orTold() throws Exception {
    String name = "latin" + Long.toUnsignedString(System.nanoTime());
    execute(
        "CREATE DATABASE "
            + name
            + " ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
    String url = Databases.of(folder).url().replaceAll("/memory\\d+", "/" + name);
    PostgresAddress address = new PostgresAddress(url, null, null);
    try (Store store = PostgresStore.open(address, Clock.systemUTC())) {
      assertFails(store, Kind.INCOMPATIBLE_SCHEMA, "keeps text as LATIN1");
    }
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(PostgresStoreTest.archived(4));
    }
    try (PostgresStore store = PostgresStore.open(address, Clock.systemUTC())) {
      assertThat(store.check()).isInstanceOf(Health.Ok.class);
      assertThat(store.problems()).singleElement().asString().contains("keeps text as LATIN1");
    }
    try (PostgresStore store = PostgresStore.open(Databases.of(folder), Clock.systemUTC())) {
      assertThat(store.problems()).isEmpty();
    }
  }

  /** Rows go where the clock says; a payload of one day is read beside those of another. */
  @Test
  void dayThatChanges_makesNewTables_andAllAreRead() throws SQLException {
    InstanceId instance = new InstanceId(new UUID(1, 1));
    Instant midnight = Instant.parse("2026-01-02T00:00:00Z");
    for (int day = 0; day < 2; day++) {
      Clock clock =
          Clock.fixed(midnight.minusSeconds(1).plus(Duration.ofDays(day)), ZoneOffset.UTC);
      try (Store store = PostgresStore.open(Databases.of(folder), clock)) {
        put(store, instance);
        write(store, instance, 1 + day);
      }
    }

    try (Store store = open()) {
      assertThat(store.reader().spans(ALL)).hasSize(2);
    }
    execute("DROP TABLE engram.span_20260101");
    try (Store store = open()) {
      assertThat(store.reader().spans(ALL)).hasSize(1);
    }
  }

  private static final class Listening extends Handler {
    private final List<LogRecord> written;

    Listening(List<LogRecord> written) {
      this.written = written;
    }

    @Override
    public void publish(LogRecord line) {
      written.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private int writeBatches(InstanceId instance, int batches) {
    try (Store store = open()) {
      put(store, instance);
      for (int position = 1; position <= batches; position++) {
        write(store, instance, position);
      }
    }
    return batches;
  }

  private static void put(Store store, InstanceId instance) {
    store.writer().putInstance(new Instance(instance, "shop", "1", 1, 0, Map.of()));
  }

  private static void write(Store store, InstanceId instance, int position) {
    Checkpoint checkpoint = new Checkpoint(position, position, 0);
    store
        .writer()
        .write(
            new Batch(
                instance, List.of(Rows.span(instance, position)), checkpoint, 1, 0, 0, Map.of()));
  }

  private static int spans(Store store) {
    try {
      return store.reader().spans(ALL).size();
    } catch (StoreException cut) {
      return store.reader().spans(ALL).size();
    }
  }

  private Store open() {
    return PostgresStore.open(Databases.of(folder), Clock.systemUTC());
  }

  private static void assertFails(Store store, Kind kind, String words) {
    assertThat(store.check())
        .isInstanceOfSatisfying(
            Health.Failed.class,
            failed -> {
              assertThat(failed.cause().kind()).isEqualTo(kind);
              assertThat(failed.cause()).hasMessageContaining(words);
              assertThat(failed.cause().getMessage()).doesNotContain("\n");
            });
  }

  private void cutConnections() throws SQLException {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = Databases.connect(folder);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
