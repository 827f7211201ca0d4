package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.testkit.Rows.begunAt;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.inCategory;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.throwCount;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.testkit.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows that go leave in the files. */
class SqliteRemovalTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);
  private static final String SECRET = "zqbobzq";

  private Path file;

  @BeforeEach
  void chooseFile(@TempDir Path folder) {
    file = SqliteStore.fileIn(folder);
  }

  @Test
  void room_goesBackToTheFileSystem() throws IOException {
    Random random = new Random(7);
    try (Store store = opened()) {
      for (int batch = 0; batch < 40; batch++) {
        int first = 1 + 100 * batch;
        write(
            store,
            IntStream.range(first, first + 100)
                .mapToObj(position -> withBody(position, bytes(random)))
                .toArray(Row[]::new));
      }
      store.writer().sync();
      long full = Files.size(file);
      removeOlder(store, 3_000);
      store.writer().sync();

      assertThat(store.reader().spans(ALL)).hasSize(1_001);
      assertThat(Files.size(file)).isLessThan(full / 2);
      assertThat(store.reader().bytes()).isLessThanOrEqualTo(Files.size(file));
    }
  }

  @Test
  void wordsAndContents_goWithTheLastThatRefersToThem() throws SQLException {
    try (Store store = opened()) {
      write(
          store,
          IntStream.rangeClosed(1, 3_000)
              .mapToObj(SqliteRemovalTest::withWord)
              .toArray(Row[]::new));
      removeOlder(store, 2_999);
    }
    try (Connection connection = new DatabaseFile(file).openForReading()) {
      assertThat(Schema.number(connection, "SELECT count(*) FROM content")).isEqualTo(2);
      assertThat(Schema.number(connection, "SELECT count(*) FROM word WHERE text LIKE 'k%'"))
          .isEqualTo(2);
    }
  }

  @Test
  void stacks_goWithTheLastThatRefersToThem() throws SQLException {
    ThrownStack shared = thrown("Shared", 5, "a.Shared.run(Shared.java:1)");
    ThrownStack cause = thrown("Cause", 6, "a.Cause.run(Cause.java:1)");
    try (Store store = opened()) {
      write(
          store,
          exception(INSTANCE, 1, 0, 7, shared),
          exception(INSTANCE, 2, 0, 7, causedBy(cause)),
          throwCount(3, "a.Counted.run", 1, 0, thrown("C", 8, "a.Counted.run(C.java:1)")));
      write(store, exception(INSTANCE, 4, 0, 7, thrown("Shared", 5)));
      removeOlder(store, 2);
      assertThat(store.reader().frames(INSTANCE, 5)).isPresent();
      assertThat(store.reader().frames(INSTANCE, 6)).isPresent();
      store.writer().closeInstance(INSTANCE, 1);

      removeOlder(store, 3);

      assertThat(store.reader().frames(INSTANCE, 5)).isPresent();
      assertThat(store.reader().frames(INSTANCE, 6)).isEmpty();
      assertThat(store.reader().frames(INSTANCE, 8)).isPresent();
      removeOlder(store, 5);
    }
    try (Connection connection = new DatabaseFile(file).openForReading()) {
      assertThat(Schema.number(connection, "SELECT count(*) FROM stack")).isZero();
      assertThat(Schema.number(connection, "SELECT count(*) FROM content")).isZero();
    }
  }

  private static ThrownStack causedBy(ThrownStack cause) {
    return new ThrownStack("Outer", null, 0, List.of(), 0, cause, List.of());
  }

  @Test
  void forWantOfRoom_whatLastsStaysLonger() {
    long now = Rows.time(2_000_000);
    ExceptionFilter errors = new ExceptionFilter(0, 0, null, 0, null, 0);
    try (Store store = opened()) {
      write(
          store,
          inCategory("ai", span(INSTANCE, 1_000_000)),
          span(INSTANCE, 1_000_001),
          exception(INSTANCE, 1_000_002, 0, 7));
      store.writer().removeOldest(now, 0);
      assertThat(store.reader().spans(ALL))
          .extracting(it -> it.row().category())
          .containsExactly("ai");
      assertThat(store.reader().requestRollups(0, 0, null)).hasSize(1);

      while (store.writer().removeOldest(now, 0).more()) {
        // The next step.
      }
      assertThat(store.reader().spans(ALL)).isEmpty();
      assertThat(store.reader().exceptions(errors)).isEmpty();
      assertThat(store.reader().requestRollups(0, 0, null)).hasSize(1);
    }
  }

  /** More than one step looks at. */
  @Test
  void ordinarySpans_areFoundBehindMany_thatLast() {
    int many = 5_000;
    Cutoff before = new Cutoff(Rows.time(2 * many), 0, 0);
    try (Store store = opened()) {
      write(
          store,
          IntStream.rangeClosed(1, many)
              .mapToObj(position -> inCategory("ai", span(INSTANCE, position)))
              .toArray(Row[]::new));
      write(store, span(INSTANCE, many + 1));
      for (int step = 0; step < 2; step++) {
        assertThat(store.writer().removeOlder(before)).isEqualTo(new Removal(Map.of(), true));
      }
      assertThat(store.writer().removeOlder(before).rows()).isEqualTo(Map.of("spans", 1L));
      write(store, begunAt(Rows.time(1), span(INSTANCE, many + 2)));
      assertThat(store.writer().removeOlder(before).rows()).isEqualTo(Map.of("spans", 1L));
    }
  }

  @Test
  void forgottenUser_isInNoFile() throws IOException {
    try (Store store = opened()) {
      fillWithSecrets(store);
      store.writer().closeInstance(INSTANCE, 1);
      assertThat(hits()).isPositive();

      store.writer().forget(new Subject.User(Set.of(SECRET)), true);
      store.writer().compact();

      assertThat(hits()).isZero();
      assertThat(store.reader().spans(ALL)).hasSize(20);
      assertThat(store.reader().knowledge()).hasSize(1);
    }
    assertThat(hits()).isZero();
  }

  /** What was said of traces that are gone could not be found any more. */
  @Test
  void forgettingThatIsCutOff_leavesNothingThatWasSaid_andGoesOnWhenAskedAgain()
      throws SQLException {
    Subject subject = new Subject.User(Set.of(SECRET));
    try (Store store = opened()) {
      for (int position = 1; position <= 120; position += 2) {
        TraceId trace = new TraceId(1, position);
        write(
            store,
            Rows.inTrace(
                trace, span(INSTANCE, position, position, false, 1, Map.of("user.id", SECRET))),
            new FeedbackRow(position + 1, 1, "trace", trace.hex(), "good", 1, "ann", "of it"));
      }
      execute(
          "CREATE TRIGGER full BEFORE DELETE ON span WHEN (SELECT count(*) FROM span) <= 10"
              + " BEGIN SELECT RAISE(ABORT, 'no room'); END");

      assertThatThrownBy(() -> store.writer().forget(subject, true))
          .hasMessageContaining("took out 60 feedback, 50 spans, and could not go on")
          .hasMessageContaining("Run the same again");
      assertThat(store.reader().spans(ALL)).hasSize(10);
      assertThat(store.reader().feedback(0)).isEmpty();
      execute("DROP TRIGGER full");

      assertThat(store.writer().forget(subject, true).rows()).isEqualTo(Map.of("spans", 10L));
      assertThat(store.reader().spans(ALL)).isEmpty();
      assertThat(store.reader().removed())
          .contains(
              new Removed(Removed.FORGOTTEN, "spans", 60),
              new Removed(Removed.FORGOTTEN, "feedback", 60));
    }
  }

  @Test
  void writer_looksUpWordsAgain_thatAnotherProcessTookOut() {
    try (Store store = opened();
        Store other = SqliteStore.open(file)) {
      Row row = span(INSTANCE, 1, 1, false, 1, Map.of("user.id", SECRET));
      write(store, row);
      other.writer().forget(new Subject.User(Set.of(SECRET)), true);
      Row again = span(INSTANCE, 2, 2, false, 1, Map.of("user.id", SECRET));
      write(store, again);

      assertThat(store.reader().span(2).orElseThrow().row()).isEqualTo(again);
    }
  }

  @Test
  void fileOfAnEarlierVersion_givesRoomBackOnceItIsWrittenAnew() throws IOException, SQLException {
    Files.createDirectories(file.getParent());
    try (InputStream packed = getClass().getResourceAsStream("archive/0001.db.gz")) {
      Files.copy(new GZIPInputStream(packed), file);
    }
    try (Store store = SqliteStore.open(file)) {
      store.writer().sync();
      assertThat(autoVacuum()).isZero();
      assertThat(store.writer().removeOlder(Cutoff.of(1)).more()).isFalse();
      store.writer().compact();
      assertThat(autoVacuum()).isEqualTo(DatabaseFile.INCREMENTAL);
      assertThat(store.reader().spans(ALL)).isNotEmpty();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long autoVacuum() throws SQLException {
    try (Connection connection = new DatabaseFile(file).openForReading()) {
      return Schema.number(connection, "PRAGMA auto_vacuum");
    }
  }

  /** Two kinds of rows: some of a user, which are as many as fill pages, and some of others. */
  private static void fillWithSecrets(Store store) {
    for (int position = 1; position <= 400; position += 2) {
      String user = position % 20 == 1 ? "ann" : SECRET;
      write(
          store,
          withPayloads(
              inTrace(user, span(INSTANCE, position, position, false, 1, Map.of("user.id", user))),
              body(("body of " + user + " " + position).getBytes(UTF_8))),
          inTrace(
              user,
              exception(
                  INSTANCE,
                  position + 1,
                  position,
                  7,
                  thrown(user + "Failed", user.hashCode(), user + ".Job.run(Job.java:1)"))));
    }
    write(store, new KnowledgeRow(500, 1, "error", "ab", "name", "n", SECRET));
  }

  private static void write(Store store, Row... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }

  private static SpanRow inTrace(String user, SpanRow row) {
    return new SpanRow(
        row.instance(),
        row.position(),
        new TraceId(1, user.hashCode()),
        row.spanId(),
        row.parentSpanId(),
        row.kind(),
        row.category(),
        row.name(),
        row.startEpochNanos(),
        row.durationNanos(),
        row.status(),
        row.statusDescription(),
        row.attributes(),
        row.payloads(),
        row.begun());
  }

  private static ExceptionRow inTrace(String user, ExceptionRow row) {
    return new ExceptionRow(
        row.instance(),
        row.position(),
        row.timeEpochNanos(),
        new TraceId(1, user.hashCode()),
        row.spanId(),
        row.origin(),
        row.threadName(),
        row.site(),
        row.type(),
        row.message(),
        row.fingerprint(),
        row.stack());
  }

  private static Row withWord(int position) {
    String body = "body " + position % 7;
    return withPayloads(
        span(INSTANCE, position, position, false, 1, Map.of("k" + position, "v")),
        body(body.getBytes(UTF_8)));
  }

  private static Row withBody(long position, byte[] bytes) {
    return withPayloads(span(INSTANCE, position), body(bytes));
  }

  private static PayloadReference body(byte[] bytes) {
    return new PayloadReference("body", "text/plain", bytes.length, false, 0, bytes);
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[1_500];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void removeOlder(Store store, long position) {
    while (store.writer().removeOlder(Cutoff.of(Rows.time(position))).more()) {
      // The next step.
    }
  }

  /** How often the name stands in any file of the store. */
  private long hits() throws IOException {
    long hits = 0;
    try (Stream<Path> files = Files.list(file.getParent())) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(each), ISO_8859_1);
        hits += bytes.toLowerCase(Locale.ROOT).split(SECRET, -1).length - 1;
      }
    }
    return hits;
  }

  private Store opened() {
    Store store = SqliteStore.open(file);
    store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
    return store;
  }

  /** It is asked in each step that makes room. */
  @Test
  void oldestOfWhatLasts_isSoughtByIndex() throws SQLException {
    try (SqliteStore store = SqliteStore.open(file)) {
      store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
    }
    DatabaseFile opened = new DatabaseFile(file);
    try (ReadConnection connection = new ReadConnection(opened.openForReading());
        PreparedStatement statement =
            connection.prepare("EXPLAIN QUERY PLAN " + AgedRows.OLDEST_LASTING, List.of());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String step = row.getString(4);
        assertThat(step.startsWith("SCAN s ") || step.equals("SCAN s")).as(step).isFalse();
        if (step.contains(" s ")) {
          assertThat(step).contains("span_by_category (category=?)");
        }
      }
    }
  }
}
