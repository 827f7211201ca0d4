package dev.engram.agent.core.capture;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.StackFrame;
import dev.engram.agent.record.ThrowCountRecord;
import dev.engram.agent.record.ThrowableShape;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Remembers exceptions, each once however many layers report it. Thread-safe. */
final class Exceptions {
  /**
   * How long an exception is recognised when another layer reports it outside its trace: longer
   * than it may wait for somebody to ask.
   */
  private static final long SEEN_NANOS =
      UnobservedExceptions.PATIENCE_NANOS + TimeUnit.SECONDS.toNanos(5);

  private final RecordSink sink;
  private final RecordWriter writer;
  private final CaptureLimits limits;
  private final EpochClock clock;
  private final SentStacks sentStacks = new SentStacks();
  private final SeenThrowables seenAnywhere = SeenThrowables.ofService(SEEN_NANOS);
  private final UnobservedExceptions unobserved = new UnobservedExceptions();

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
    LocalRoot root = span == null ? null : span.root();
    if (!isFirst(SeenThrowables.chain(thrown), root)) {
      return;
    }
    if (root == null) {
      write(thrown, origin, site, null, sink, false);
    } else {
      // What waits may be forgotten: nothing refers to its stacks, and it brings all of them.
      write(thrown, origin, site, span, root.sink(sink), root.isPending());
    }
  }

  /**
   * Remembers the exception as escaped if nobody asks for it in a while.
   *
   * @param span where it was thrown, or null outside any
   */
  void unobserved(Throwable thrown, String site, @Nullable OpenSpan span) {
    LocalRoot root = span == null ? null : span.root();
    List<Throwable> chain = SeenThrowables.chain(thrown);
    if ((root != null && root.isIgnored())
        || seenIn(root).containsAny(chain, clock.nanoTime())
        || unobserved.containsAny(chain)) {
      return;
    }
    KeptRecord kept = new KeptRecord(sink);
    write(thrown, ExceptionOrigin.ESCAPED, site, span, kept, true);
    UnobservedException it = new UnobservedException(chain, root, kept.bytes(), clock.nanoTime());
    if (!unobserved.add(it)) {
      escaped(it);
    }
  }

  /** Somebody was given the exception, or one that it caused. */
  void observed(Throwable thrown) {
    if (!unobserved.isEmpty()) {
      unobserved.removeAny(SeenThrowables.chain(thrown));
    }
  }

  /** Called about once a second, by a thread that may write records. */
  void beat() {
    unobserved.takeBefore(clock.nanoTime() - UnobservedExceptions.PATIENCE_NANOS, this::escaped);
  }

  /** Nobody will ask any more. */
  void endUnobserved() {
    unobserved.takeBefore(clock.nanoTime() + 1, this::escaped);
  }

  private void escaped(UnobservedException it) {
    if (isFirst(it.chain(), it.root())) {
      UnsafeBuffer record = new UnsafeBuffer(it.record());
      sink.offer(RecordKind.EXCEPTION, Worth.RESERVED, record, 0, record.capacity());
    }
  }

  /**
   * Whether it was not seen before, within its trace or anywhere when it was seen outside any; its
   * trace has failed then.
   */
  private boolean isFirst(List<Throwable> chain, @Nullable LocalRoot root) {
    long now = clock.nanoTime();
    boolean first = seenIn(root).add(chain, now);
    if (first && root != null) {
      root.failed(false);
      if (!root.isPending()) {
        seenAnywhere.add(chain, now);
      }
    }
    return first;
  }

  private SeenThrowables seenIn(@Nullable LocalRoot root) {
    return root == null ? seenAnywhere : root.seen();
  }

  /** Remembers a count; false when it was refused. */
  boolean counted(
      String type,
      @Nullable String site,
      long periodNanos,
      long count,
      long low,
      long high,
      List<StackFrame> frames) {
    long roll = sink.roll();
    long hash = frames.isEmpty() ? 0 : ThrowableReader.stackHash(frames);
    boolean sent = frames.isEmpty() || sentStacks.contains(hash, roll);
    ThrowableShape shape =
        new ThrowableShape(type, null, hash, sent ? List.of() : frames, 0, null, List.of());
    boolean committed =
        writer.throwCount(
            new ThrowCountRecord(clock.epochNanos(), periodNanos, site, count, low, high, shape));
    if (committed && !sent) {
      sentStacks.add(hash, roll);
    }
    return committed;
  }

  /**
   * Tries again with less in it while it is too large.
   *
   * @param whole whether it brings the frames of its stacks in any case
   */
  private void write(
      Throwable thrown,
      ExceptionOrigin origin,
      @Nullable String site,
      @Nullable OpenSpan span,
      RecordSink into,
      boolean whole) {
    long time = clock.nanoTime() + (span == null ? clock.offset() : span.root().clockOffset());
    Sighting seen = new Sighting(time, span, origin, site, DatabaseErrors.isOne(thrown));
    long roll = sink.roll();
    CaptureLimits within = limits;
    RecordWriter.Outcome outcome;
    ThrowableReader reader;
    do {
      reader = new ThrowableReader(within, hash -> !whole && sentStacks.contains(hash, roll));
      ThrowableShape shape = reader.read(thrown);
      boolean lastTry = within.frames() == 0;
      outcome = writer.exception(seen, shape, within.message(), lastTry, into);
      within = within.quarter();
    } while (outcome == RecordWriter.Outcome.TOO_LARGE);
    if (outcome == RecordWriter.Outcome.COMMITTED && !whole) {
      reader.stacksWithFrames().forEach(stackHash -> sentStacks.add(stackHash, roll));
    }
  }

  /** A record that is not offered yet. For one use. */
  private static final class KeptRecord implements RecordSink {
    private final RecordSink sink;
    private byte[] bytes = {};

    KeptRecord(RecordSink sink) {
      this.sink = sink;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public boolean offer(
        RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
      bytes = new byte[length];
      buffer.getBytes(offset, bytes);
      return true;
    }

    @Override
    public int maxRecordLength() {
      return sink.maxRecordLength();
    }

    @Override
    public void failed() {
      sink.failed();
    }

    @Override
    public long roll() {
      return sink.roll();
    }
  }
}
