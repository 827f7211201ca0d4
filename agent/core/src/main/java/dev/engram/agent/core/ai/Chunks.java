package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What came of a stream, as one layer saw it. Written by one thread at a time. */
final class Chunks {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final StringBuilder text = new StringBuilder();
  private final int limit;
  private long first;
  private long last;
  private int count;

  /**
   * @param limit characters of the text to keep
   */
  Chunks(int limit) {
    this.limit = limit;
  }

  /**
   * @param at nanoseconds since the call began
   */
  void add(long at, @Nullable CharSequence piece) {
    first = count == 0 ? at : first;
    last = at;
    count++;
    if (piece != null) {
      text.append(piece, 0, Math.min(piece.length(), limit - text.length()));
    }
  }

  /** What was said so far. */
  String text() {
    return text.toString();
  }

  void putInto(OpenSpan span) {
    span.put(AttributeKey.ENGRAM_AI_CHUNKS, count)
        .put(AttributeKey.GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, first / NANOS);
    if (count > 1) {
      span.put(AttributeKey.ENGRAM_AI_TIME_PER_OUTPUT_CHUNK, (last - first) / NANOS / (count - 1));
    }
  }
}
