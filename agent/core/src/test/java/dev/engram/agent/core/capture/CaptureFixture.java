package dev.engram.agent.core.capture;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.redaction.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Starts capture over a sink in memory, and what the tests of values capture there. */
public final class CaptureFixture {
  static final AiContent AI = new AiContent(false, 1 << 20);

  static final CaptureLimits LIMITS = new CaptureLimits(4096, 128, 1 << 20, 8192, 256, 8, 8, AI);

  static final CapturePolicy EVERYTHING = new CapturePolicy(CaptureLevel.ALL, IgnoredRequests.NONE);

  private CaptureFixture() {}

  static Redaction redaction() {
    return new Redaction(List.of());
  }

  public static void start(MemorySink sink) {
    start(sink, LIMITS, CaptureLevel.ALL);
  }

  static void start(MemorySink sink, CaptureLimits limits, CaptureLevel level) {
    start(sink, limits, new CapturePolicy(level, IgnoredRequests.NONE));
  }

  static void start(MemorySink sink, CaptureLimits limits, CapturePolicy policy) {
    Capture.start(new Capture(sink, redaction(), limits, policy, EpochClock.SYSTEM));
  }

  /** A call of a model. */
  static OpenSpan open() {
    return Tracing.open(SpanKind.CLIENT, Category.AI, "chat");
  }

  static String text(Payload payload) {
    return new String(payload.bytes(), StandardCharsets.UTF_8);
  }
}
