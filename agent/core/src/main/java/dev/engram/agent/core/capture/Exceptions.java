package dev.engram.agent.core.capture;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ThrowableShape;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers exceptions, each once however many layers report it. Thread-safe. */
final class Exceptions {
  /** How long an exception outside any span is recognised when another layer reports it. */
  private static final long SEEN_OUTSIDE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final RecordSink sink;
  private final RecordWriter writer;
  private final CaptureLimits limits;
  private final EpochClock clock;
  private final SentStacks sentStacks = new SentStacks();
  private final SeenThrowables seenOutside = SeenThrowables.outsideSpans(SEEN_OUTSIDE_NANOS);

  Exceptions(RecordSink sink, RecordWriter writer, CaptureLimits limits, EpochClock clock) {
    this.sink = sink;
    this.writer = writer;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Remembers the exception unless that was done.
   *
   * @param span where it was seen, or null outside any
   */
  void seen(
      Throwable thrown, ExceptionOrigin origin, @Nullable String site, @Nullable OpenSpan span) {
    SeenThrowables seen = span == null ? seenOutside : span.root().seen();
    if (!seen.add(thrown, clock.nanoTime())) {
      return;
    }
    if (span != null) {
      span.root().failed(false);
    }
    long offset = span == null ? clock.offset() : span.root().clockOffset();
    write(thrown, origin, site, span, clock.nanoTime() + offset);
  }

  /** Tries again with less in it while it is too large. */
  private void write(
      Throwable thrown,
      ExceptionOrigin origin,
      @Nullable String site,
      @Nullable OpenSpan span,
      long timeEpochNanos) {
    long roll = sink.roll();
    // What waits may be forgotten: nothing refers to its stacks, and it brings all of them itself.
    boolean pending = span != null && span.root().isPending();
    RecordSink into = span == null ? sink : span.root().sink(sink);
    CaptureLimits within = limits;
    RecordWriter.Outcome outcome;
    ThrowableReader reader;
    do {
      reader = new ThrowableReader(within, hash -> !pending && sentStacks.contains(hash, roll));
      ThrowableShape shape = reader.read(thrown);
      boolean lastTry = within.frames() == 0;
      outcome =
          writer.exception(
              timeEpochNanos, span, origin, site, shape, within.message(), lastTry, into);
      within = within.quarter();
    } while (outcome == RecordWriter.Outcome.TOO_LARGE);
    if (outcome == RecordWriter.Outcome.COMMITTED && !pending) {
      reader.stacksWithFrames().forEach(stackHash -> sentStacks.add(stackHash, roll));
    }
  }
}
