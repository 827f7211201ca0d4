package dev.engram.collector.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.query.TimelineEntry.Kind;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOON = 1_000_000 * SECOND;
  private static final long NOW = NOON + 3_600 * SECOND;
  private static final InstanceId OLD = new InstanceId(new UUID(0xaa, 1));
  private static final InstanceId NEW = new InstanceId(new UUID(0xbb, 2));
  private static final InstanceId OTHER = new InstanceId(new UUID(0xcc, 3));

  private final InMemoryStore store = new InMemoryStore();
  private final Queries queries = new Queries(store.reader(), RunningInstances.NONE);

  /**
   * A deploy in the middle, an error after it, and another service that has nothing to do with it.
   */
  @BeforeEach
  void remember() {
    put(new Instance(OLD, "shop", "1.0", NOON - 600 * SECOND, NOON - SECOND, Map.of()));
    put(new Instance(NEW, "shop", "1.1", NOON, 0, Map.of()));
    put(new Instance(OTHER, "bank", "7", NOON, 0, Map.of()));
    write(OLD, request(OLD, 1, 0x10, -90), request(OLD, 2, 0x11, -5));
    write(
        NEW,
        new LifecycleRow(1, NOON, "start", Map.of()),
        request(NEW, 2, 0x20, 2),
        boom(NEW, 3, 0x20, 3),
        request(NEW, 4, 0x21, 30),
        request(NEW, 5, 0x22, 300));
    write(OTHER, request(OTHER, 1, 0x30, 2));
    store
        .writer()
        .putCounters(
            NEW,
            new ProducerCounts(9, 5, Map.of("ring_full", 4L), 0, 5, 0, 0),
            new Period(NOON + 5 * SECOND, NOON + 6 * SECOND));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aroundARequest_isWhatItsServiceDid_inOrder() {
    Timeline timeline = timeline("0000000000000020", 60, 100);

    assertThat(timeline.services()).containsExactly("shop");
    assertThat(timeline.about()).isEqualTo("0000000000000020");
    assertThat(lines(timeline))
        .containsExactly(
            "-5 REQUEST 0000000000000011 GET /cart",
            "-1 LIFECYCLE " + OLD + " gone: ended",
            "0 LIFECYCLE " + NEW + " start",
            "0 DEPLOY " + NEW + " version 1.1, before it 1.0",
            "2 REQUEST 0000000000000020 GET /cart",
            "3 ERROR E-abcdef012345 a.Boom: no box",
            "6 LOSS  4 shed (ring_full)",
            "30 REQUEST 0000000000000021 GET /cart");
    assertThat(timeline.complete()).isTrue();
  }

  @Test
  void window_isHowFarItLooks() {
    assertThat(lines(timeline("0000000000000020", 1, 100)))
        .extracting(line -> line.split(" ")[1])
        .containsExactly("REQUEST", "ERROR");
  }

  @Test
  void aroundAnError_isAroundItsLatest() {
    Timeline timeline = timeline("E-abcdef012345", 1, 100);

    assertThat(timeline.about()).isEqualTo("E-abcdef012345");
    assertThat(lines(timeline)).extracting(line -> line.split(" ")[0]).containsExactly("2", "3");
  }

  @Test
  void ofAnInstance_isItsWholeLife_byTheBeginningOfItsId() {
    Timeline timeline = timeline(NEW.toString(), 1, 100);

    assertThat(timeline.sinceEpochNanos()).isEqualTo(NOON - SECOND);
    assertThat(timeline.untilEpochNanos()).isEqualTo(NOON + 301 * SECOND);
    assertThat(lines(timeline)).hasSize(8);
    assertThat(queries.timeline("00000000-0000-00bb", SECOND, 9, NOW)).isInstanceOf(Timeline.class);
    assertThat(queries.timeline("00000000-0000-00", SECOND, 9, NOW))
        .isInstanceOf(Shown.Ambiguous.class);
  }

  @Test
  void moreThanTheLimit_isWhatIsNearest_andSaysSo() {
    Timeline timeline = timeline("0000000000000020", 600, 2);

    assertThat(timeline.complete()).isFalse();
    assertThat(timeline.entries()).hasSize(2);
    assertThat(timeline.entries().get(0).kind()).isNotEqualTo(Kind.LOSS);
    assertThat(lines(timeline)).contains("2 REQUEST 0000000000000020 GET /cart");
  }

  /** What came of something is seen right after it; the store answers the latest first. */
  @Test
  void ofManyErrors_thoseNearestAreShown() {
    ExceptionRow[] errors = new ExceptionRow[500];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = boom(OLD, 3 + i, 0x10, -90 + i / 10);
    }
    write(OLD, errors);

    Timeline timeline = timeline("0000000000000010", 60, 100);

    assertThat(timeline.complete()).isFalse();
    assertThat(lines(timeline))
        .filteredOn(line -> line.contains("ERROR"))
        .hasSize(99)
        .startsWith("-90 ERROR E-abcdef012345 a.Boom: no box")
        .endsWith("-81 ERROR E-abcdef012345 a.Boom: no box");
  }

  @Test
  void lossThatWentOn_standsAtTheEnd() {
    Timeline timeline = timeline("0000000000000020", 3, 100);

    assertThat(lines(timeline)).endsWith("5 LOSS  4 shed (ring_full)");
  }

  /** As when a service needs more instances while the newer version is rolled out. */
  @Test
  void moreInstancesOfAVersion_areNoDeploy_andNoLaterVersion() {
    InstanceId old = new InstanceId(new UUID(0xdd, 4));
    put(new Instance(old, "bank", "6", NOON - 9 * SECOND, 0, Map.of()));
    put(new Instance(new InstanceId(new UUID(0xdd, 5)), "bank", "6", NOON + SECOND, 0, Map.of()));

    assertThat(lines(timeline("0000000000000030", 60, 100)))
        .filteredOn(line -> line.contains("DEPLOY"))
        .containsExactly(
            "-9 DEPLOY " + old + " version 6", "0 DEPLOY " + OTHER + " version 7, before it 6");
    assertThat(queries.comparisons().versions("bank")).containsExactly("7", "6");
  }

  @Test
  void unknownId_isNotFound() {
    assertThat(queries.timeline("00000000000000ff", SECOND, 9, NOW))
        .isEqualTo(new Shown.NotFound(true));
    assertThat(queries.timeline("E-ffff", SECOND, 9, NOW)).isEqualTo(new Shown.NotFound(true));
    assertThat(queries.timeline("nonsense", SECOND, 9, NOW)).isEqualTo(new Shown.NotFound(false));
    assertThat(queries.timeline("", SECOND, 9, NOW)).isInstanceOf(Shown.NotFound.class);
  }

  private Timeline timeline(String id, long windowSeconds, int limit) {
    return (Timeline) queries.timeline(id, windowSeconds * SECOND, limit, NOW);
  }

  private static List<String> lines(Timeline timeline) {
    List<String> lines = new ArrayList<>();
    for (TimelineEntry entry : timeline.entries()) {
      long seconds = (entry.timeEpochNanos() - NOON) / SECOND;
      lines.add(seconds + " " + entry.kind() + " " + entry.id() + " " + entry.text());
    }
    return lines;
  }

  private void put(Instance instance) {
    store.writer().putInstance(instance);
  }

  private void write(InstanceId instance, Row... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(instance, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }

  private static SpanRow request(InstanceId instance, long position, long spanId, long second) {
    return new SpanRow(
        instance,
        position,
        new TraceId(spanId, spanId),
        spanId,
        0,
        "SERVER",
        "http",
        "GET /cart",
        NOON + second * SECOND,
        500,
        "ok",
        null,
        Map.of(),
        List.of(),
        false);
  }

  private static ExceptionRow boom(InstanceId instance, long position, long spanId, long second) {
    return new ExceptionRow(
        instance,
        position,
        NOON + second * SECOND,
        new TraceId(spanId, spanId),
        spanId,
        "escaped",
        "main",
        null,
        "a.Boom",
        "no box",
        0xabcdef0123456789L,
        new ThrownStack("a.Boom", "no box", 0, List.of(), 0, null, List.of()));
  }
}
