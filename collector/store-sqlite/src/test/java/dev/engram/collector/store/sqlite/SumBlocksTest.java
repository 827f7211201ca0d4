package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Condition;
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
  private static final long STEP = 1_000_000;
  private static final List<InstanceId> INSTANCES =
      List.of(new InstanceId(new UUID(1, 1)), new InstanceId(new UUID(2, 2)));

  /** Every row meets it, which no sum tells. */
  private static final Condition EVERY_ROW =
      new Condition.Not(Condition.equal("service", "no such service"));

  private final Random random = new Random(3);

  @TempDir private Path folder;

  @Test
  void sums_areThoseOfReadingEveryRow() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      fill(store);
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
      assertThat(blocks(0)).isEqualTo((Arrivals.FAN + 1) * KINDS);
      assertThat(blocks(1)).isEqualTo(KINDS);
      assertSame(store.reader());
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
    SpanFilter spans = new SpanFilter(since, until, service, null, null, null, 0, 0, 0);
    for (SpanSum.By by : SpanSum.By.values()) {
      assertSameSums(reader.sums(spans, by), reader.sums(spans.where(EVERY_ROW), by));
    }
    assertThat(
            reader.exceptionGroups(
                new ExceptionFilter(since, until, service, 0, null, 5, Condition.ANY)))
        .isEqualTo(
            reader.exceptionGroups(
                new ExceptionFilter(since, until, service, 0, null, 5, EVERY_ROW)));
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

  private void fill(Store store) {
    for (int i = 0; i < INSTANCES.size(); i++) {
      store
          .writer()
          .putInstance(new Instance(INSTANCES.get(i), "shop" + (i + 1), "", 1, 0, Map.of()));
    }
    for (int from = 0; from < SPANS; from += BATCH) {
      InstanceId instance = INSTANCES.get(random.nextInt(INSTANCES.size()));
      List<Row> rows = new ArrayList<>();
      for (int number = from; number < from + BATCH; number++) {
        rows.add(number % 40 == 7 ? exception(instance, number) : span(instance, number));
      }
      Checkpoint end = new Checkpoint(from + BATCH, from + BATCH, 0);
      store.writer().write(new Batch(instance, rows, end, rows.size(), 0, 0, Map.of()));
    }
  }

  /** A few began long before those that arrived with them. */
  private SpanRow span(InstanceId instance, int number) {
    long jitter = random.nextInt(2_000) * (random.nextInt(500) == 0 ? 10 : 1);
    int sort = random.nextInt(10);
    String category = sort < 2 ? "http" : sort < 8 ? "sql" : sort < 9 ? "db" : "method";
    Map<String, Object> attributes = new HashMap<>();
    if (category.equals("sql") || category.equals("db")) {
      attributes.put("db.query.text", "select " + random.nextInt(20));
      if (random.nextBoolean()) {
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
        "name" + random.nextInt(15),
        Math.max(0, number - jitter) * STEP,
        random.nextInt(50) == 0 ? -1 : (long) Math.exp(10 + random.nextGaussian()),
        random.nextInt(9) == 0 ? "error" : "ok",
        null,
        attributes,
        List.of(),
        false);
  }

  private Row exception(InstanceId instance, int number) {
    long time = Math.max(0, number - random.nextInt(2_000)) * STEP;
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
    while (store.writer().catchUp()) {
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
