package dev.engram.collector.analysis.solution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.solution.LastSeenBefore.Change;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObservationsTest {
  private static final long ERROR = 0xabL;
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long NOW = 100_000;

  private final InMemoryStore store = new InMemoryStore();
  private int instances;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void changes_areCounted_whereItHeld_andWhereItDidNot() {
    instance("1", "17", 0, 100, 5);
    instance("2", "17", 100, 200, 0);
    instance("2", "17", 300, 400, 4);
    instance("2", "17", 400, 500, 0);
    instance("2", "17", 500, 600, 7);
    instance("2", "25", 600, 700, 0);
    instance("2", "25", 700, 800, 9);
    instance("3", "25", 800, 900, 9);
    instance("3", "25", 900, 1_000, 9);

    assertThat(found())
        .containsExactly(
            new LastSeenBefore(Change.NEW_RUNTIME, "25", new Proportion(1, 1)),
            new LastSeenBefore(Change.NEW_VERSION, "2", new Proportion(1, 2)),
            new LastSeenBefore(Change.RESTART, "", new Proportion(1, 2)));
  }

  @Test
  void oneThatLivedTooShort_provesNothing() {
    instance("1", "17", 0, 1_000, 3);
    instance("2", "17", 1_000, 1_999, 0);
    assertThat(found()).isEmpty();

    instance("3", "17", 2_000, 3_000, 3);
    instance("4", "17", 3_000, 0, 0);
    assertThat(found()).extracting(LastSeenBefore::version).containsExactly("4");
  }

  @Test
  void oneBesideAnother_isNoRestart() {
    instance("1", "17", 0, 1_000, 30);
    instance("1", "17", 500, 1_500, 0);

    assertThat(found()).isEmpty();
  }

  @Test
  void whatIsNoLongerKnown_isNotCounted() {
    instance("1", "17", 0, 1_000, 5);
    instance("2", "17", 1_000, 2_000, 0);
    instance("3", "17", 2_000, 3_000, 998);
    instance("4", "17", 3_000, 0, 0);

    assertThat(found())
        .containsExactly(new LastSeenBefore(Change.NEW_VERSION, "4", new Proportion(1, 1)));
  }

  @Test
  void whatHappenedTooOftenToCount_isKnownToHaveHappenedAtLeastSoOften() {
    instance("1", "17", 0, 1_000, 1_500);
    instance("2", "17", 1_000, 2_000, 0);

    assertThat(found())
        .containsExactly(new LastSeenBefore(Change.NEW_VERSION, "2", new Proportion(1, 1)));
  }

  /** Three hundred errors of one outage are one event. */
  @Test
  void outageLongAgo_provesNothing() {
    instance("1", "17", 0, 190, 0);
    errors(100 * HOUR, 300);
    instance("2", "17", 190, 200, 0);

    assertThat(found()).isEmpty();
  }

  @Test
  void lifeThatEndsBeforeItBegins_provesNothing() {
    instance("1", "17", 300, 290, 5);
    instance("2", "17", 310, 900, 0);

    assertThat(found()).isEmpty();
  }

  /** A second instance of the old version is no new one. */
  @Test
  void laterVersion_isThatWhichWasFirstStartedLater() {
    instance("1", "17", 0, 0, 0);
    instance("2", "17", 100, 200, 20);
    instance("1", "17", 150, 1_000, 0);

    assertThat(found()).isEmpty();
  }

  private List<LastSeenBefore> found() {
    return Observations.of(store.reader(), List.of(ERROR), NOW * HOUR);
  }

  /**
   * One that had so many errors, all over its life. Times are in hours.
   *
   * @param ended 0 while it runs
   */
  private void instance(String version, String java, long started, long ended, int errors) {
    InstanceId id = new InstanceId(new UUID(1, ++instances));
    store
        .writer()
        .putInstance(
            new Instance(
                id, "shop", version, started * HOUR, 0, Map.of("process.runtime.version", java)));
    long life = ((ended == 0 ? NOW : ended) - started) * HOUR;
    write(id, errors, i -> started * HOUR + life * i / errors);
    if (ended != 0) {
      store.writer().closeInstance(id, ended * HOUR);
    }
  }

  /** So many in the one that was added last, in the five minutes from then on. */
  private void errors(long time, int count) {
    write(
        new InstanceId(new UUID(1, instances)), count, i -> time + i * TimeUnit.SECONDS.toNanos(1));
  }

  private void write(InstanceId id, int errors, IntToLongFunction time) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < errors; i++) {
      rows.add(error(id, i + 1, time.applyAsLong(i)));
    }
    Checkpoint end = new Checkpoint(errors, errors, 0);
    store.writer().write(new Batch(id, rows, end, errors, 0, 0, Map.of()));
  }

  private static ExceptionRow error(InstanceId id, int position, long time) {
    ThrownStack stack = new ThrownStack("x.Y", "m", 0, List.of(), 0, null, List.of());
    return new ExceptionRow(
        id, position, time, TraceId.NONE, 0, "escaped", "main", null, "x.Y", "m", ERROR, stack);
  }
}
