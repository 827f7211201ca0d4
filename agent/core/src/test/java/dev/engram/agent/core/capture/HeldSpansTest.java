package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldSpansTest {
  private static final AttributeKey ROWS = AttributeKey.DB_RESPONSE_RETURNED_ROWS;

  private final AtomicLong now = new AtomicLong();
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    EpochClock clock = new EpochClock(now::get, now::get);
    Capture.start(
        new Capture(
            sink,
            CaptureFixture.redaction(),
            CaptureFixture.LIMITS,
            CaptureFixture.EVERYTHING,
            clock));
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void heldSpan_hasTheDurationBeforeAndTheCountAtItsEnd() {
    AtomicLong rows = new AtomicLong(-1);
    OpenSpan span = statement();
    now.addAndGet(70);
    span.hold(ROWS, rows::get);
    assertThat(sink.all(SpanRecord.class)).isEmpty();
    now.addAndGet(1_000);
    rows.set(3);
    span.end();
    span.end();
    Capture.endHeld();

    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.durationNanos()).isEqualTo(70);
    assertThat(record.attributes()).containsEntry(ROWS.name(), 3L);
  }

  @Test
  void unknownCount_isLeftOut() {
    OpenSpan span = statement();
    span.hold(ROWS, () -> -1);
    span.end();

    assertThat(sink.only(SpanRecord.class).attributes()).doesNotContainKey(ROWS.name());
  }

  @Test
  void endOfTheRequest_endsWhatItHeldAndNothingElse() {
    statement().hold(ROWS, () -> 9);
    OpenSpan request = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /").enter();
    statement().hold(ROWS, () -> 1);
    request.leave();
    request.end();

    assertThat(sink.all(SpanRecord.class))
        .extracting(SpanRecord::name)
        .containsExactly("SELECT", "GET /");
    Capture.endHeld();
    assertThat(sink.all(SpanRecord.class)).hasSize(3);
  }

  @Test
  void moreThanThereIsRoomFor_endsSomeAndLosesNone() {
    int many = 3 * HeldSpans.LIMIT;
    for (int i = 0; i < many; i++) {
      statement().hold(ROWS, () -> 0);
    }
    assertThat(sink.all(SpanRecord.class)).hasSize(many - HeldSpans.LIMIT);
    Capture.endHeld();

    assertThat(sink.all(SpanRecord.class))
        .extracting(SpanRecord::spanId)
        .doesNotHaveDuplicates()
        .hasSize(many);
  }

  @Test
  void placesOfEndedSpans_areUsedAgain() {
    OpenSpan kept = statement();
    kept.hold(ROWS, () -> 0);
    for (int i = 0; i < 3 * HeldSpans.LIMIT; i++) {
      OpenSpan span = statement();
      span.hold(ROWS, () -> 0);
      span.end();
    }
    assertThat(kept.isEnded()).isFalse();
    kept.end();
  }

  @Test
  void spanHeldForLong_isBegunOnce() {
    OpenSpan span = statement();
    span.hold(ROWS, () -> 0);
    Capture.beat();
    assertThat(sink.all(BegunRecord.class)).isEmpty();
    now.addAndGet(TimeUnit.SECONDS.toNanos(2));
    Capture.beat();
    Capture.beat();
    span.end();
    Capture.beat();

    assertThat(sink.only(BegunRecord.class).spanId())
        .isEqualTo(sink.only(SpanRecord.class).spanId());
    assertThat(sink.only(SpanRecord.class).begun()).isTrue();
  }

  @Test
  void endAndBeatAtOnce_writeEachSpanOnceAndNoNoteAfterIt() throws InterruptedException {
    List<OpenSpan> spans = new ArrayList<>();
    for (int i = 0; i < HeldSpans.LIMIT; i++) {
      OpenSpan span = statement();
      span.hold(ROWS, () -> 0);
      spans.add(span);
    }
    now.addAndGet(TimeUnit.SECONDS.toNanos(2));
    Thread beat = new Thread(Capture::beat);
    beat.start();
    for (int i = spans.size() - 1; i >= 0; i--) {
      spans.get(i).end();
    }
    beat.join();

    assertThat(sink.all(SpanRecord.class))
        .extracting(SpanRecord::spanId)
        .doesNotHaveDuplicates()
        .hasSize(spans.size());
    assertThat(sink.all(BegunRecord.class))
        .extracting(BegunRecord::spanId)
        .containsExactlyInAnyOrderElementsOf(
            sink.all(SpanRecord.class).stream()
                .filter(SpanRecord::begun)
                .map(SpanRecord::spanId)
                .toList());
  }

  private static OpenSpan statement() {
    return Tracing.open(SpanKind.CLIENT, Category.SQL, "SELECT");
  }
}
