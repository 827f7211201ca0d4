package dev.engram.agent.core.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChunksTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
  }

  @Test
  void times_areSeconds_fromTheCallToTheFirst_andFromChunkToChunkOnAverage() {
    Chunks chunks = new Chunks(100);
    chunks.add(millis(400), "a");
    chunks.add(millis(500), null);
    chunks.add(millis(900), "b");

    assertThat(remembered(chunks).attributes())
        .containsEntry("engram.ai.chunks", 3L)
        .containsEntry("gen_ai.response.time_to_first_chunk", 0.4)
        .containsEntry("engram.ai.time_per_output_chunk", 0.25);
    assertThat(chunks.text()).isEqualTo("ab");
  }

  @Test
  void oneChunk_hasNoTimeBetween_andTextHasItsLimit() {
    Chunks chunks = new Chunks(3);
    chunks.add(millis(1), "abcd");

    assertThat(remembered(chunks).attributes())
        .containsEntry("engram.ai.chunks", 1L)
        .doesNotContainKey("engram.ai.time_per_output_chunk");
    assertThat(chunks.text()).isEqualTo("abc");
  }

  private SpanRecord remembered(Chunks chunks) {
    OpenSpan span = Objects.requireNonNull(Tracing.open(SpanKind.CLIENT, Category.AI, "chat stub"));
    chunks.putInto(span);
    span.end();
    return sink.only(SpanRecord.class);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
