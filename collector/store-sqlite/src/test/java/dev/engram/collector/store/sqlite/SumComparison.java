package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what sums of blocks answer with reading every row of the same store. */
final class SumComparison {
  /** Every row meets it, which no sum tells. */
  static final Condition EVERY_ROW =
      new Condition.Not(Condition.equal("service", "no such service"));

  private SumComparison() {}

  /** At several times between zero and this one. */
  static void assertSame(StoreReader reader, long end) {
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

  static void assertSameSpans(
      StoreReader reader, long since, long until, @Nullable String service) {
    assertSameCalls(reader, since, until, service);
    SpanFilter spans = new SpanFilter(since, until, service, null, null, null, 0, 0, 0);
    for (SpanSum.By by : SpanSum.By.values()) {
      List<SpanSum> expected = reader.sums(spans.where(EVERY_ROW), by);
      assertSameSums(reader.sums(spans, by), expected);
      assertSameSums(reader.sums(spans).get(by), expected);
    }
    assertSameStatements(
        reader.statements(new StatementFilter(since, until, service, 0, 7)),
        reader.statements(new StatementFilter(since, until, service, 0, 7, EVERY_ROW)));
  }

  static void assertSameCalls(
      StoreReader reader, long since, long until, @Nullable String service) {
    for (String status : Arrays.asList(null, "error")) {
      SpanFilter calls =
          new SpanFilter(since, until, service, "CLIENT", "ai", status, 0, 0, 0, Condition.ANY);
      assertThat(visited(reader, calls)).isEqualTo(visited(reader, calls.where(EVERY_ROW)));
    }
  }

  private static List<StoredSpan> visited(StoreReader reader, SpanFilter filter) {
    List<StoredSpan> spans = new ArrayList<>();
    reader.visit(filter, spans::add);
    return spans;
  }

  /** At several times between zero and this one. */
  static void assertSameLongRequests(StoreReader reader, long nanos, long end) {
    for (long until : new long[] {0, end / 2}) {
      for (String service : Arrays.asList(null, "shop2")) {
        SpanFilter requests =
            new SpanFilter(end / 9, until, service, "SERVER", null, null, 0, 0, 0, Condition.ANY);
        List<StoredSpan> expected =
            reader.spans(requests).stream()
                .filter(it -> it.row().durationNanos() >= nanos)
                .limit(30)
                .toList();
        SpanFilter longer =
            new SpanFilter(
                end / 9, until, service, "SERVER", null, null, nanos, 0, 30, Condition.ANY);
        assertThat(reader.spans(longer)).isEqualTo(expected);
      }
    }
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
}
