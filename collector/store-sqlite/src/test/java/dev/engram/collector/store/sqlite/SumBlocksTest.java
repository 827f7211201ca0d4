package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumBlocksTest {
  private static final int BLOCK = 1 << Arrivals.BLOCK_BITS;
  private static final int KINDS = SumKind.values().length;
  private static final int SPANS = (Arrivals.FAN + 1) * BLOCK + BLOCK / 2;
  private static final int BATCH = 2_048;
  private static final int NAMES = 15;
  private static final long STEP = 1_000_000;
  private static final List<InstanceId> INSTANCES =
      List.of(new InstanceId(new UUID(1, 1)), new InstanceId(new UUID(2, 2)));

  /** Every row meets it, which no sum tells. */
  private static final Condition EVERY_ROW =
      new Condition.Not(Condition.equal("service", "no such service"));

  private final Random random = new Random(3);

  /** Rows arrive up to so many later than they would have in the order of their times. */
  private int late = 2_000;

  @TempDir private Path folder;

  @Test
  void sums_areThoseOfReadingEveryRow() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store, SPANS);
      assertSame(store.reader());
      catchUp(store);
      assertThat(blocks(0)).isEqualTo((Arrivals.FAN + 1) * KINDS);
      assertThat(blocks(1)).isEqualTo(KINDS);
      assertSame(store.reader());

      store.writer().forget(new Subject.Trace(traceId(SPANS / 2)), true);
      assertThat(blocks(0)).isEqualTo(Arrivals.FAN * KINDS);
      assertThat(blocks(1)).isZero();
      assertSame(store.reader());
      store.writer().forget(new Subject.Before(SPANS / 3 * STEP), true);
      catchUp(store);
      int gone = SPANS / 3 / BLOCK;
      assertThat(blocks(0)).isEqualTo((Arrivals.FAN + 1 - gone) * KINDS);
      assertThat(blocks(1)).isEqualTo(KINDS);
      assertSame(store.reader());
    }
  }

  @Test
  void percentilesOfFewExecutions_areExact() {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store, SPANS);
      catchUp(store);

      StatementFilter all = new StatementFilter(0, 0, null, 0, 0);
      StatementFilter rows = new StatementFilter(0, 0, null, 0, 0, EVERY_ROW);
      assertThat(rare(store.reader().statements(all)))
          .isNotEmpty()
          .isEqualTo(rare(store.reader().statements(rows)));
    }
  }

  private static List<StatementSummary> rare(List<StatementSummary> statements) {
    return statements.stream().filter(it -> it.text().equals("rare")).toList();
  }

  @Test
  void aBlock_isSummedUpInSteps() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store, BLOCK + BATCH);
      for (int step = 1; step < BLOCK / BlockDraft.STEP; step++) {
        assertThat(store.writer().sumUp()).isTrue();
        assertThat(blocks(0)).isZero();
      }
      assertThat(store.writer().sumUp()).isFalse();
      assertThat(blocks(0)).isEqualTo(KINDS);
      assertThat(store.writer().sumUp()).isFalse();
    }
  }

  @Test
  void whatIsForgottenWhileItsBlockIsSummedUp_isInNoSum() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store, BLOCK + BATCH);
      store.writer().sumUp();
      store.writer().forget(new Subject.Trace(traceId(16)), true);
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(KINDS);
      assertSame(store.reader());

      store.writer().forget(new Subject.Trace(traceId(32)), true);
      store.writer().sumUp();
      try (Store other = SqliteStore.open(SqliteStore.fileIn(folder))) {
        other.writer().forget(new Subject.Trace(traceId(64)), true);
      }
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(KINDS);
      assertSame(store.reader());
    }
  }

  @Test
  void blocksWithoutRows_areNeitherLookedAtNorKept() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store, 2 * BATCH);
      change("UPDATE sequence SET next_arrival = " + (1L << 50));
      fill(store, 2 * BATCH, BLOCK + 3 * BATCH);
      change("UPDATE sequence SET next_arrival = " + (1L << 60));

      catchUp(store);
      assertThat(blocks(0)).isEqualTo(3 * KINDS);
      assertThat(blocks(1)).isEqualTo(2 * KINDS);
      assertSame(store.reader());
      store.writer().forget(new Subject.Before(2 * BATCH * STEP), true);
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(2 * KINDS);
      assertSame(store.reader());
    }
  }

  @Test
  void theBlockThatRowsAreBeingTakenOutOf_waits() throws SQLException {
    late = 1;
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store, 3 * BLOCK + BATCH);
      catchUp(store);
      removeOlder(store, BLOCK / 2);
      assertThat(store.writer().sumUp()).isFalse();
      assertThat(blocks(0)).isEqualTo(2 * KINDS);
      assertSameSpans(store.reader(), 0, 0, null);

      removeOlder(store, BLOCK + BLOCK / 2);
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(KINDS);
      assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void removalOfOtherRows_lendsNoDelayToABlock() throws SQLException {
    late = 1;
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store, 2 * BLOCK + BATCH);
      for (int step = 1; step <= BLOCK / BlockDraft.STEP; step++) {
        store.writer().removeOlder(Cutoff.of(step * 100 * STEP));
        store.writer().sumUp();
      }
      assertThat(blocks(0)).isEqualTo(KINDS);
      assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void instancesOfAService_areSummedUpTogether() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store, BLOCK + BATCH, "shop", "shop");
      catchUp(store);
      Sums sums = sums(SumKind.REQUEST, "shop");

      assertThat(sums.all()).hasSize(NAMES);
      assertThat(sums(SumKind.REQUEST, "none").all()).isEmpty();
      assertThat(sums(SumKind.OTHER_STATEMENT, "none").all()).isEmpty();
    }
  }

  private Sums sums(SumKind kind, String service) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      return SelectSums.of(kind, 0, 0, SelectInstances.services(service, connection), connection)
          .orElseThrow();
    }
  }

  private static void removeOlder(Store store, int number) {
    while (store.writer().removeOlder(Cutoff.of(number * STEP)).more()) {
      // Goes on until all are gone.
    }
  }

  private void change(String sql) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (Connection connection = file.openForWriting();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static void assertSame(StoreReader reader) {
    long end = SPANS * STEP;
    assertSame(reader, 0, 0, null);
    assertSame(reader, end / 3, 0, "shop2");
    assertSame(reader, end / 5, end / 2, null);
    assertSame(reader, 0, end / 7, "none");
  }

  /** What must meet something more is read row by row. */
  private static void assertSame(
      StoreReader reader, long since, long until, @Nullable String service) {
    assertSameSpans(reader, since, until, service);
    assertThat(
            reader.exceptionGroups(
                new ExceptionFilter(since, until, service, 0, null, 5, Condition.ANY)))
        .isEqualTo(
            reader.exceptionGroups(
                new ExceptionFilter(since, until, service, 0, null, 5, EVERY_ROW)));
  }

  private static void assertSameSpans(
      StoreReader reader, long since, long until, @Nullable String service) {
    SpanFilter spans = new SpanFilter(since, until, service, null, null, null, 0, 0, 0);
    for (SpanSum.By by : SpanSum.By.values()) {
      assertSameSums(reader.sums(spans, by), reader.sums(spans.where(EVERY_ROW), by));
    }
    assertSameStatements(
        reader.statements(new StatementFilter(since, until, service, 0, 7)),
        reader.statements(new StatementFilter(since, until, service, 0, 7, EVERY_ROW)));
  }

  private static void assertSameSums(List<SpanSum> sums, List<SpanSum> expected) {
    List<SpanSum> sorted = sorted(sums);
    assertThat(sorted).hasSameSizeAs(expected);
    List<SpanSum> of = sorted(expected);
    for (int i = 0; i < of.size(); i++) {
      assertThat(exact(sorted.get(i))).isEqualTo(exact(of.get(i)));
      for (int percent : new int[] {50, 95}) {
        assertClose(
            sorted.get(i).durations().percentile(percent),
            of.get(i).durations().percentile(percent));
      }
    }
  }

  private static void assertSameStatements(
      List<StatementSummary> statements, List<StatementSummary> expected) {
    assertThat(statements).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(statements.get(i))
          .usingRecursiveComparison()
          .ignoringFields("p50Nanos", "p95Nanos")
          .isEqualTo(expected.get(i));
      assertClose(statements.get(i).p50Nanos(), expected.get(i).p50Nanos());
      assertClose(statements.get(i).p95Nanos(), expected.get(i).p95Nanos());
    }
  }

  private static void assertClose(long actual, long expected) {
    assertThat((double) actual).isCloseTo(expected, withinPercentage(1));
  }

  private static List<Object> exact(SpanSum sum) {
    return List.of(
        sum.service(),
        sum.name(),
        sum.count(),
        sum.errors(),
        sum.lastEpochNanos(),
        sum.durations().size(),
        sum.durations().total());
  }

  private static List<SpanSum> sorted(List<SpanSum> sums) {
    return sums.stream()
        .sorted(Comparator.comparing(SpanSum::service).thenComparing(SpanSum::name))
        .toList();
  }

  private void fill(Store store, int spans) {
    fill(store, spans, "shop1", "shop2");
  }

  private void fill(Store store, int spans, String... services) {
    for (int i = 0; i < INSTANCES.size(); i++) {
      store.writer().putInstance(new Instance(INSTANCES.get(i), services[i], "", 1, 0, Map.of()));
    }
    fill(store, 0, spans);
  }

  private void fill(Store store, int first, int end) {
    for (int from = first; from < end; from += BATCH) {
      InstanceId instance = INSTANCES.get(random.nextInt(INSTANCES.size()));
      List<Row> rows = new ArrayList<>();
      for (int number = from; number < from + BATCH; number++) {
        rows.add(number % 40 == 7 ? exception(instance, number) : span(instance, number));
      }
      Checkpoint checkpoint = new Checkpoint(from + BATCH, from + BATCH, 0);
      store.writer().write(new Batch(instance, rows, checkpoint, rows.size(), 0, 0, Map.of()));
    }
  }

  /** A few began long before those that arrived with them. */
  private SpanRow span(InstanceId instance, int number) {
    long jitter = random.nextInt(late) * (random.nextInt(500) == 0 ? 10 : 1);
    boolean rare = number % (SPANS / 2) == 5;
    int sort = rare ? 2 : random.nextInt(10);
    String category = sort < 2 ? "http" : sort < 8 ? "sql" : sort < 9 ? "db" : "method";
    Map<String, Object> attributes = new HashMap<>();
    if (category.equals("sql") || category.equals("db")) {
      attributes.put("db.query.text", rare ? "rare" : "select " + random.nextInt(20));
      if (!rare && random.nextBoolean()) {
        attributes.put("db.system.name", "h2");
        attributes.put("db.response.returned_rows", (long) random.nextInt(3));
      }
    }
    return new SpanRow(
        instance,
        number + 1,
        traceId(number),
        number + 1,
        0,
        category.equals("http") ? "SERVER" : "CLIENT",
        category,
        "name" + random.nextInt(NAMES),
        Math.max(0, number - jitter) * STEP,
        !rare && random.nextInt(50) == 0 ? -1 : (long) Math.exp(10 + random.nextGaussian()),
        random.nextInt(9) == 0 ? "error" : "ok",
        null,
        attributes,
        List.of(),
        false);
  }

  private Row exception(InstanceId instance, int number) {
    long time = Math.max(0, number - random.nextInt(late)) * STEP;
    String type = "a.T" + random.nextInt(9);
    ThrownStack thrown = new ThrownStack(type, null, 0, List.of(), 0, null, List.of());
    return new ExceptionRow(
        instance,
        number + 1,
        time,
        traceId(number),
        number,
        "escaped",
        "main",
        null,
        type,
        null,
        type.hashCode() * 0x9e3779b97f4a7c15L,
        thrown);
  }

  /** Of four spans, which arrived together. */
  private static TraceId traceId(int number) {
    return new TraceId(1, number / 4 + 1);
  }

  private static void catchUp(Store store) {
    while (store.writer().sumUp()) {
      // Goes on until all is summed up.
    }
  }

  private long blocks(int level) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (Connection connection = file.openForReading()) {
      return Schema.number(connection, "SELECT count(*) FROM block_sum WHERE level = " + level);
    }
  }
}
