package dev.engram.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.gate.RunProfile.SeenError;
import dev.engram.collector.analysis.gate.RunWindow;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunQueriesTest {
  private static final long SECOND = 1_000_000_000L;

  private final InMemoryStore store = new InMemoryStore();
  private final RunQueries runs = new Queries(store.reader(), RunningInstances.NONE).runs();
  private long instances;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void runsOfALabel_doNotHoldWhatAnotherDidInBetween() {
    fail(instance("main", 100, 110), "main.First", 105);
    fail(instance("pr-123", 200, 210), "pr.New", 205);
    fail(instance("main", 300, 310), "main.Second", 305);

    assertThat(errors("main")).containsExactlyInAnyOrder("main.First", "main.Second");
    assertThat(errors("pr-123")).containsExactly("pr.New");
    assertThat(errors(null)).containsExactlyInAnyOrder("main.First", "main.Second", "pr.New");
  }

  @Test
  void runWithoutAnEnd_endsWhereAnotherBegins() {
    fail(instance("main", 100, 0), "main.First", 105);
    fail(instance("pr-123", 200, 210), "pr.New", 205);
    fail(instance(null, 300, 310), "unlabelled.Other", 305);

    assertThat(errors("main")).containsExactly("main.First");
    assertThat(errors("pr-123")).containsExactly("pr.New");
    assertThat(runs.windows(null, null))
        .singleElement()
        .extracting(it -> seconds(it)[1])
        .isEqualTo(0L);
  }

  @Test
  void runWithoutAnEnd_thatNoneFollowed_goesOn() {
    instance("pr-123", 100, 110);
    instance("main", 200, 0);

    assertThat(runs.windows("main", null))
        .singleElement()
        .extracting(it -> seconds(it)[1])
        .isEqualTo(0L);
  }

  @Test
  void instancesThatOverlap_areOneWindow_andServicesHaveTheirOwn() {
    instance("main", 120, 125);
    instance("main", 100, 130);
    instance("main", 125, 140);
    instance("main", 200, 210);
    instance("bill", "main", 100, 105);

    assertThat(runs.windows("main", "shop"))
        .extracting(RunQueriesTest::seconds)
        .containsExactly(new long[] {99, 141}, new long[] {199, 211});
    assertThat(runs.windows("main", null))
        .extracting(RunWindow::service)
        .containsExactly("bill", "shop", "shop");
    assertThat(runs.windows(null, null))
        .extracting(RunQueriesTest::seconds)
        .containsExactly(new long[] {99, 106}, new long[] {99, 211});
    assertThat(runs.windows("none", null)).isEmpty();
  }

  @Test
  void lossThatTouchesTwoWindows_isToldOnce() {
    InstanceId first = instance("main", 100, 110);
    instance("main", 115, 120);
    ProducerCounts lost = new ProducerCounts(1, 0, Map.of("ring_full", 1L), 0, 0, 0, 0);
    store.writer().putCounters(first, lost, new Period(105 * SECOND, 116 * SECOND));

    List<RunWindow> windows = runs.windows("main", null);
    assertThat(windows).hasSize(2);
    assertThat(runs.losses(windows)).hasSize(1);
  }

  private static long[] seconds(RunWindow window) {
    return new long[] {window.sinceEpochNanos() / SECOND, window.untilEpochNanos() / SECOND};
  }

  private List<String> errors(@Nullable String label) {
    return runs.profile(runs.windows(label, null)).errors().stream().map(SeenError::type).toList();
  }

  private InstanceId instance(@Nullable String label, long started, long ended) {
    return instance("shop", label, started, ended);
  }

  /** Times in seconds; an end of 0 is none. */
  private InstanceId instance(String service, @Nullable String label, long started, long ended) {
    InstanceId id = new InstanceId(new UUID(1, ++instances));
    Map<String, Object> attributes = label == null ? Map.of() : Map.of(Instance.LABEL, label);
    store
        .writer()
        .putInstance(new Instance(id, service, "1", started * SECOND, ended * SECOND, attributes));
    return id;
  }

  private void fail(InstanceId instance, String type, long time) {
    ThrownStack stack = new ThrownStack(type, "m", 0, List.of(), 0, null, List.of());
    ExceptionRow row =
        new ExceptionRow(
            instance,
            0,
            time * SECOND,
            TraceId.NONE,
            0,
            "escaped",
            "main",
            null,
            type,
            "m",
            (long) type.hashCode() << 32,
            stack);
    Checkpoint end = new Checkpoint(1, 1, 0);
    store.writer().write(new Batch(instance, List.of(row), end, 1, 0, 0, Map.of()));
  }
}
