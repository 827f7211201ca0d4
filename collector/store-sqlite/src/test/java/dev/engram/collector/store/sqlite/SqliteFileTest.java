package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.testkit.Rows.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);

  private Path home;
  private Path file;

  @BeforeEach
  void chooseHome(@TempDir Path folder) {
    home = folder.resolve("home");
    file = SqliteStore.fileIn(home);
  }

  @Test
  void open_doesNothingUntilUsed() {
    SqliteStore.open(file).close();
    assertThat(home).doesNotExist();
  }

  @Test
  void filesAndFolders_areForTheirOwnerOnly() throws IOException {
    try (Store store = filled()) {
      store.reader().spans(ALL);
      try (Stream<Path> all = Files.walk(home)) {
        assertThat(all)
            .hasSizeGreaterThan(3)
            .allSatisfy(
                path ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .endsWith("------"));
      }
    }
  }

  @Test
  void fileWithoutTablesYet_readsAsAnEmptyMemory() throws IOException, SQLException {
    Files.createDirectories(file.getParent());
    try (Connection creator = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = creator.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
    }

    try (Store store = SqliteStore.openReadOnly(file)) {
      assertThat(store.reader().spans(ALL)).isEmpty();
    }
  }

  @Test
  void settings_areAsWanted() throws SQLException {
    filled().close();
    try (Connection connection = new DatabaseFile(file).openForWriting()) {
      assertThat(pragma(connection, "page_size")).isEqualTo("8192");
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "synchronous")).isEqualTo("2");
      assertThat(pragma(connection, "wal_autocheckpoint")).isEqualTo("0");
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("5000");
      assertThat(pragma(connection, "temp_store")).isEqualTo("2");
      assertThat(pragma(connection, "user_version")).isEqualTo("" + Schema.VERSION);
      assertThat(pragma(connection, "application_id")).isEqualTo("" + Schema.APPLICATION_ID);
    }
  }

  @Test
  void readers_cannotWrite() throws SQLException {
    filled().close();
    try (Connection connection = new DatabaseFile(file).openForReading();
        Statement statement = connection.createStatement()) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.executeUpdate("DELETE FROM span"))
          .withMessageContaining("readonly");
    }
  }

  /** SQLite itself would go on writing to what has no name any more. */
  @Test
  void removedDatabase_isNotWrittenTo() throws IOException {
    try (Store store = filled()) {
      for (String name : new String[] {"", "-wal", "-shm"}) {
        Files.delete(Path.of(file + name));
      }

      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> write(store, 2))
          .withMessageContaining("was removed or replaced")
          .matches(failure -> failure.kind() == Kind.CORRUPT);
      assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.writer().sync());
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void noDatabase_isCorrupt_andLeftAsItIs() throws IOException {
    assertRefused(
        "no database at all, but quite long enough to be one".repeat(99).getBytes(),
        Kind.CORRUPT,
        "move it aside");
  }

  @Test
  void damagedDatabase_isCorrupt_andLeftAsItIs() throws IOException {
    filled().close();
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, 8192, (byte) 0xee);
    assertRefused(bytes, Kind.CORRUPT, "move it aside");
  }

  @Test
  void foreignDatabase_isRefused_andLeftAsItIs() throws IOException, SQLException {
    Files.createDirectories(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE songs (title TEXT)");
    }
    assertRefused(Files.readAllBytes(file), Kind.INCOMPATIBLE_SCHEMA, "another program");
  }

  @Test
  void newerSchema_isRefused_andLeftAsItIs() throws IOException, SQLException {
    filled().close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 99");
    }
    assertRefused(Files.readAllBytes(file), Kind.INCOMPATIBLE_SCHEMA, "newer Engram (schema 99");
  }

  @Test
  void lossesOfEarlierVersions_happenedWhileTheInstanceRan() throws IOException, SQLException {
    Files.createDirectories(file.getParent());
    try (InputStream packed = SqliteFileTest.class.getResourceAsStream("archive/0001.db.gz")) {
      Files.copy(new GZIPInputStream(packed), file);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE instance SET ended = 5000");
    }
    try (Store store = SqliteStore.open(file)) {
      store.writer().sync();
      assertThat(store.reader().losses(new Period(0, 9_000)))
          .extracting(Loss::term, Loss::reason, Loss::count, Loss::period)
          .containsExactly(
              tuple(Loss.DROPPED, "queue_full", 1L, new Period(1_000, 5_000)),
              tuple(Loss.MALFORMED, "", 1L, new Period(1_000, 5_000)));
    }
  }

  @Test
  void emptyFile_becomesAStore() throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    try (Store store = SqliteStore.open(file)) {
      assertThat(store.check()).isEqualTo(new Health.Ok());
    }
  }

  @Test
  void folderThatCannotBeMade_isUnavailable() throws IOException {
    Files.write(home, new byte[0]);
    try (Store store = SqliteStore.open(file)) {
      assertThat(store.check())
          .isInstanceOfSatisfying(
              Health.Failed.class,
              failed -> {
                assertThat(failed.cause().kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(failed.cause()).hasMessageContaining("permissions");
              });
    }
  }

  @Test
  void readOnly_withoutAFile_findsNothing_andMakesNone() {
    try (Store store = SqliteStore.openReadOnly(file)) {
      assertThat(store.check()).isEqualTo(new Health.Ok());
      assertThat(store.reader().spans(ALL)).isEmpty();
      assertThat(home).doesNotExist();

      filled().close();
      assertThat(store.reader().spans(ALL)).hasSize(1);
    }
  }

  @Test
  void readOnly_besideAWriter_seesWhatIsCommitted() {
    try (Store writing = filled();
        Store reading = SqliteStore.openReadOnly(file)) {
      assertThat(reading.reader().spans(ALL)).hasSize(1);
      write(writing, 2);
      assertThat(reading.reader().spans(ALL)).hasSize(2);
      assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(reading::writer);
    }
  }

  @Test
  void writer_whileAnotherWrites_isOverloaded_andWorksAfterwards() throws SQLException {
    try (Store store = filled();
        Connection other = new DatabaseFile(file).openForWriting()) {
      other.setAutoCommit(false);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> write(store, 2))
          .matches(failure -> failure.kind() == Kind.OVERLOADED && failure.isRetryable());
      other.setAutoCommit(true);
      write(store, 2);
      assertThat(store.reader().spans(ALL)).hasSize(2);
    }
  }

  @Test
  void batchThatFailsHalfWay_changesNothing() {
    Batch halfGood =
        batch(span(INSTANCE, 2), span(INSTANCE, 3, 3, false, 1, Map.of("new word", List.of())));
    SpanRow good = span(INSTANCE, 3, 3, false, 1, Map.of("new word", "new value"));
    try (Store store = filled()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.writer().write(halfGood))
          .withMessageContaining("attribute new word");
      assertThat(store.reader().spans(ALL)).hasSize(1);
      assertThat(store.writer().checkpoint(INSTANCE)).contains(new Checkpoint(1, 1, 0));

      store.writer().write(batch(good));
      assertThat(store.reader().span(3).orElseThrow().row()).isEqualTo(good);
    }
  }

  @Test
  void sync_movesTheLogIntoTheDatabase() throws IOException {
    try (Store store = filled()) {
      long before = Files.size(file);
      for (int position = 2; position < 400; position++) {
        write(store, position);
      }
      store.writer().sync();
      assertThat(Files.size(file)).isGreaterThan(before);
    }
  }

  @Test
  void log_isCopiedBeforeItIsLong() {
    Map<String, Object> large = Map.of("note", "x".repeat(1 << 20));
    try (Store store = filled()) {
      for (int position = 2; position < 32; position++) {
        store.writer().write(batch(span(INSTANCE, position, position, false, 1, large)));
        assertThat(new DatabaseFile(file).logSize()).isLessThan(10 << 20);
      }
    }
  }

  @Test
  void checkpoint_besideAReader_doesNotWait_andEmptiesTheLogLater() throws SQLException {
    filled().close();
    DatabaseFile database = new DatabaseFile(file);
    try (WriteSession session = new WriteSession(database.openForWriting());
        Connection reader = database.openForReading();
        Statement question = reader.createStatement()) {
      waitWhereBusy(session.connection, TimeUnit.MINUTES.toMillis(2));
      session.begin();
      session.sequence.moveTo(1_000);
      session.commit();
      reader.setAutoCommit(false);
      question.executeQuery("SELECT count(*) FROM span").next();
      long begun = System.nanoTime();
      session.checkpoint();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
      assertThat(database.logSize()).isPositive();

      question.close();
      reader.setAutoCommit(true);
      session.checkpoint();
      assertThat(database.logSize()).isZero();
    }
  }

  private static void waitWhereBusy(Connection connection, long millis) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + millis);
    }
  }

  @Test
  void equalPayloads_areKeptOnce() throws SQLException {
    filled().close();
    try (Connection connection = new DatabaseFile(file).openForWriting()) {
      Contents contents = new Contents(connection);
      assertThat(contents.id(new byte[] {1, 2})).isEqualTo(contents.id(new byte[] {1, 2}));
      assertThat(contents.id(new byte[] {1})).isNotEqualTo(contents.id(new byte[] {1, 2}));
    }
  }

  private void assertRefused(byte[] content, Kind kind, String advice) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    for (Store store : List.of(SqliteStore.open(file), SqliteStore.openReadOnly(file))) {
      try (store) {
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> store.reader().spans(ALL))
            .withMessageContaining(file.toString())
            .withMessageContaining(advice)
            .matches(failure -> failure.kind() == kind && !failure.isRetryable());
        assertThat(store.check()).isInstanceOf(Health.Failed.class);
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }
  }

  private Store filled() {
    Store store = SqliteStore.open(file);
    store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
    write(store, 1);
    return store;
  }

  private static void write(Store store, long position) {
    store.writer().write(batch(span(INSTANCE, position)));
  }

  private static Batch batch(Row... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    return new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of());
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
