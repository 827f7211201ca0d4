package dev.engram.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final TraceId TRACE = new TraceId(1, 2);
  private static final int SPANS = 2_500;
  private static final Range ALL = new Range(0, null, Integer.MAX_VALUE);

  private final InMemoryStore store = new InMemoryStore();
  private final Export export = new Queries(store.reader(), RunningInstances.NONE).export();

  @BeforeEach
  void remember() {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 5, 0, Map.of()));
    List<Row> rows = new ArrayList<>();
    for (long position = 1; position <= SPANS; position++) {
      rows.add(span(position));
    }
    rows.add(exception(SPANS + 1, 2));
    rows.add(exception(SPANS + 2, 1));
    rows.add(exception(SPANS + 3, 1));
    Checkpoint end = new Checkpoint(SPANS + 3, SPANS + 3, 0);
    store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void spans_comeInPages_eachOnce_theFirstAmongThem() {
    List<Integer> pages = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    export.spans(
        ALL,
        page -> {
          page.forEach(span -> ids.add(span.row().spanId()));
          return pages.add(page.size());
        });

    assertThat(pages).as("little is held at once").hasSize(SPANS / 50).containsOnly(50);
    assertThat(ids).hasSize(SPANS).doesNotHaveDuplicates().isSorted().startsWith(1L);
  }

  @Test
  void limitAndTime_narrow() {
    List<Long> ids = new ArrayList<>();
    export.spans(
        new Range(1_400, 2_600, "shop", 1_100),
        page -> ids.addAll(page.stream().map(span -> span.row().spanId()).toList()));

    assertThat(ids).hasSize(1_100).startsWith(1_400L).endsWith(2_499L);
    List<Integer> pages = new ArrayList<>();
    export.spans(new Range(0, "other", 9), page -> pages.add(page.size()));
    assertThat(pages).isEmpty();
  }

  @Test
  void whoeverHasEnough_getsNoMore() {
    List<Integer> pages = new ArrayList<>();
    export.spans(ALL, page -> !pages.add(page.size()));

    assertThat(pages).containsExactly(50);
  }

  @Test
  void errors_comeInPages_andThoseOfASpanAreFound() {
    List<Long> times = new ArrayList<>();
    export.errors(
        ALL,
        page ->
            times.addAll(
                page.stream().map(exception -> exception.row().timeEpochNanos()).toList()));
    assertThat(times).containsExactly(2_501L, 2_502L, 2_503L);

    export.spans(
        new Range(0, null, 3),
        page -> {
          Function<StoredSpan, List<StoredException>> exceptions = export.exceptionsOf(page);
          assertThat(exceptions.apply(page.get(0)))
              .extracting(exception -> exception.row().timeEpochNanos())
              .containsExactly(2_502L, 2_503L);
          assertThat(exceptions.apply(page.get(1))).hasSize(1);
          assertThat(exceptions.apply(page.get(2))).isEmpty();
          return true;
        });
  }

  @Test
  void exceptionsOfASpan_areAllThere_howeverManyItsTraceHas() {
    List<Row> rows = new ArrayList<>();
    long first = SPANS + 4;
    for (int count = 0; count < 1_100; count++) {
      rows.add(exception(first + count, 3));
    }
    Checkpoint end = new Checkpoint(first + 1_099, first + 1_099, 0);
    store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));

    export.spans(
        new Range(0, null, 3),
        page -> {
          assertThat(page)
              .extracting(span -> export.exceptionsOf(page).apply(span).size())
              .containsExactly(2, 1, 1_100);
          return true;
        });
  }

  private static SpanRow span(long position) {
    return new SpanRow(
        INSTANCE,
        position,
        TRACE,
        position,
        0,
        "INTERNAL",
        "method",
        "work",
        position,
        5,
        "ok",
        null,
        Map.of(),
        List.of(),
        false);
  }

  private static ExceptionRow exception(long position, long spanId) {
    return new ExceptionRow(
        INSTANCE,
        position,
        position,
        TRACE,
        spanId,
        "escaped",
        "main",
        null,
        "a.Boom",
        null,
        7,
        new ThrownStack("a.Boom", null, 0, List.of(), 0, null, List.of()));
  }
}
