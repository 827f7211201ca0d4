package dev.engram.agent.core.capture;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.redaction.Pseudonyms;
import dev.engram.agent.core.redaction.Redaction;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ThrowableShape;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Capture while it is live: decides what is remembered and what it is worth. Started and stopped by
 * the agent's start; used by {@link Tracing} and {@link OpenSpan} on application threads.
 * Thread-safe.
 */
public final class Capture {
  /** How long an exception outside any span is recognised when another layer reports it. */
  private static final long SEEN_OUTSIDE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static volatile @Nullable Capture live;

  private final RecordSink sink;
  private final Redaction redaction;
  private final RecordWriter writer;
  private final CaptureLimits limits;
  private final CaptureLevel level;
  private final EpochClock clock;
  private final Failures failures;
  private final HeldSpans held;
  private final SentStacks sentStacks = new SentStacks();
  private final SeenThrowables seenOutside = SeenThrowables.outsideSpans(SEEN_OUTSIDE_NANOS);

  Capture(
      RecordSink sink,
      Redaction redaction,
      CaptureLimits limits,
      CaptureLevel level,
      EpochClock clock) {
    this.sink = sink;
    this.redaction = redaction;
    this.writer = new RecordWriter(sink, redaction, limits);
    this.limits = limits;
    this.level = level;
    this.clock = clock;
    this.failures = new Failures(sink);
    this.held = new HeldSpans(clock);
  }

  /** Makes {@link Tracing} live. With {@code engram.capture=off} it stays inert. */
  public static void start(Configuration configuration, RecordSink sink) {
    start(
        new Capture(
            sink,
            new Redaction(
                configuration.list(Settings.REDACT_KEYS),
                new Pseudonyms(configuration.text(Settings.CAPTURE_USER))),
            CaptureLimits.from(configuration),
            CaptureLevel.of(configuration.text(Settings.CAPTURE)),
            EpochClock.SYSTEM));
  }

  /** Whether {@code engram.capture=off}, so that nothing would ever be offered. */
  public static boolean isOff(Configuration configuration) {
    return CaptureLevel.of(configuration.text(Settings.CAPTURE)) == CaptureLevel.OFF;
  }

  static void start(Capture capture) {
    live = capture.level == CaptureLevel.OFF ? null : capture;
  }

  /** Makes {@link Tracing} inert. Spans that are open may still end, and are offered then. */
  public static void stop() {
    live = null;
  }

  /** The salt of the memory home: users and sessions can be told apart from now on. */
  public static void salt(byte[] salt) {
    Capture capture = live;
    if (capture != null) {
      capture.redaction.salt(salt);
    }
  }

  /** Remembers something about the instance itself, such as its start. Never throws. */
  public static void lifecycle(String event, Map<String, Object> attributes) {
    Capture capture = live;
    if (capture == null) {
      return;
    }
    try {
      capture.writer.lifecycle(capture.clock.epochNanos(), event, attributes);
    } catch (Throwable failure) {
      capture.failures.survived(failure);
    }
  }

  /**
   * Remembers a reading of the JVM. Never throws.
   *
   * @param name the OpenTelemetry metric name
   * @param unit UCUM, as OpenTelemetry uses it
   */
  public static void measurement(
      String name, String unit, double value, Map<String, Object> attributes) {
    Capture capture = live;
    if (capture == null) {
      return;
    }
    try {
      capture.writer.measurement(capture.clock.epochNanos(), name, unit, value, attributes);
    } catch (Throwable failure) {
      capture.failures.survived(failure);
    }
  }

  /** Remembers even those spans that wait for a count. Before the sink is stopped; never throws. */
  public static void endHeld() {
    Capture capture = live;
    if (capture != null) {
      capture.held.endAll();
    }
  }

  /** Called about once a second, so that what waits long is remembered too. Never throws. */
  public static void beat() {
    Capture capture = live;
    if (capture != null) {
      capture.held.beat();
    }
  }

  static @Nullable Capture live() {
    return live;
  }

  EpochClock clock() {
    return clock;
  }

  CaptureLimits limits() {
    return limits;
  }

  Failures failures() {
    return failures;
  }

  HeldSpans held() {
    return held;
  }

  void failed() {
    sink.failed();
  }

  /** Whether the begun note was committed. */
  boolean begun(OpenSpan span) {
    return level == CaptureLevel.ALL
        && writer.begun(span, isAlwaysWorth(span) ? Worth.RESERVED : Worth.ORDINARY);
  }

  void end(OpenSpan span, long durationNanos) {
    if (span.isLocalRoot()) {
      held.endBelow(span.root());
      span.root().ended(clock.nanoTime());
    }
    if (level == CaptureLevel.ERRORS && !span.hasFailed()) {
      return;
    }
    boolean committed = false;
    try {
      committed = writer.span(span, durationNanos, worth(span));
    } finally {
      if (!committed && span.hasBegun()) {
        writer.ended(span, durationNanos);
      }
    }
  }

  /** Remembers the exception unless another layer did. */
  void exception(
      Throwable thrown, ExceptionOrigin origin, @Nullable String site, @Nullable OpenSpan span) {
    if (ApplicationText.isAsking()) {
      return;
    }
    SeenThrowables seen = span == null ? seenOutside : span.root().seen();
    if (seen.add(thrown, clock.nanoTime())) {
      long offset = span == null ? clock.offset() : span.root().clockOffset();
      write(thrown, origin, site, span, clock.nanoTime() + offset);
    }
  }

  void feedback(
      String target,
      @Nullable String targetId,
      @Nullable String label,
      double score,
      @Nullable String author,
      @Nullable String comment) {
    String id = targetId != null ? targetId : currentId(target);
    if (id != null) {
      writer.feedback(clock.epochNanos(), target, id, label, score, author, comment);
    }
  }

  /** Tries again with less in it while it is too large. */
  private void write(
      Throwable thrown,
      ExceptionOrigin origin,
      @Nullable String site,
      @Nullable OpenSpan span,
      long timeEpochNanos) {
    long roll = sink.roll();
    CaptureLimits within = limits;
    RecordWriter.Outcome outcome;
    ThrowableReader reader;
    do {
      reader = new ThrowableReader(within, stackHash -> sentStacks.contains(stackHash, roll));
      ThrowableShape shape = reader.read(thrown);
      boolean lastTry = within.frames() == 0;
      outcome =
          writer.exception(timeEpochNanos, span, origin, site, shape, within.message(), lastTry);
      within = within.quarter();
    } while (outcome == RecordWriter.Outcome.TOO_LARGE);
    if (outcome == RecordWriter.Outcome.COMMITTED) {
      reader.stacksWithFrames().forEach(stackHash -> sentStacks.add(stackHash, roll));
    }
  }

  private static @Nullable String currentId(String target) {
    OpenSpan current = CurrentSpan.get();
    if (current == null) {
      return null;
    }
    return switch (target) {
      case "trace" -> String.format("%016x%016x", current.traceIdHigh(), current.traceIdLow());
      case "span" -> String.format("%016x", current.spanId());
      default -> null;
    };
  }

  private static Worth worth(OpenSpan span) {
    boolean reserved = span.hasFailed() || span.hasBegun() || isAlwaysWorth(span);
    return reserved ? Worth.RESERVED : Worth.ORDINARY;
  }

  private static boolean isAlwaysWorth(OpenSpan span) {
    return switch (span.category()) {
      case AI, TOOL, WORKFLOW, NODE, DECISION -> true;
      case METHOD, HTTP, SQL, MESSAGING, RPC -> false;
    };
  }
}
