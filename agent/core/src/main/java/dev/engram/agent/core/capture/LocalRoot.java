package dev.engram.agent.core.capture;

import dev.engram.agent.core.context.RisingIds;
import dev.engram.agent.core.context.Traceparent;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of one trace share within this JVM: the trace id, the clock's offset, so that
 * their times agree, and the exceptions that were remembered. Thread-safe once the first span has
 * begun.
 */
final class LocalRoot {
  private static final AtomicLongFieldUpdater<LocalRoot> WAITED_NANOS =
      AtomicLongFieldUpdater.newUpdater(LocalRoot.class, "waitedNanos");

  /** How long after a request's end what it began may begin more in its name. */
  private static final long AFTERWARDS_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final long clockOffset;
  private final SeenThrowables seen = SeenThrowables.ofTrace();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger transactions = new AtomicInteger();
  private volatile long waitedNanos;
  private final @Nullable PendingRecords pending;
  private final boolean ignored;
  private volatile Traceparent origin;
  private volatile long overAt;
  private volatile boolean ended;
  private volatile boolean toBeJudged;

  /**
   * The shared part of a new trace.
   *
   * @param startEpochNanos now
   * @param pending where its records wait for a failure; null when they need not
   * @param ignored whether nothing is captured but its first span, and that only if it fails
   */
  LocalRoot(
      long startEpochNanos, long clockOffset, @Nullable PendingRecords pending, boolean ignored) {
    this.clockOffset = clockOffset;
    this.pending = pending;
    this.ignored = ignored;
    this.origin =
        new Traceparent(
            RisingIds.traceIdHigh(startEpochNanos), RisingIds.traceIdLow(), 0, Traceparent.SAMPLED);
  }

  /** Goes on with a trace that began elsewhere. */
  void continueFrom(Traceparent caller) {
    origin = caller;
  }

  long traceIdHigh() {
    return origin.traceIdHigh();
  }

  long traceIdLow() {
    return origin.traceIdLow();
  }

  /** The caller's span, or 0. */
  long callerSpanId() {
    return origin.spanId();
  }

  /** Whether it goes on with this. */
  boolean isFrom(Traceparent caller) {
    return origin.equals(caller);
  }

  /** What those are told that one of its spans calls: the caller's decision to sample holds on. */
  Traceparent calledBy(long spanId) {
    return origin.of(spanId);
  }

  long clockOffset() {
    return clockOffset;
  }

  /** Whether its records wait for a failure that has not come yet. */
  boolean isPending() {
    return pending != null && !pending.hasFailed();
  }

  boolean isIgnored() {
    return ignored;
  }

  /** Where its records go now: the sink itself, or the place where they wait. */
  RecordSink sink(RecordSink direct) {
    return pending == null ? direct : pending;
  }

  /** An exception was seen, or a span failed; an ignored request fails by its first span alone. */
  void failed(boolean firstSpan) {
    if (pending != null && (firstSpan || !ignored)) {
      pending.fail();
    }
  }

  SeenThrowables seen() {
    return seen;
  }

  /**
   * Its first span has ended.
   *
   * @param nanoTime of the clock
   * @return whether nothing of it is wanted, because it did not fail
   */
  boolean ended(long nanoTime) {
    overAt = nanoTime + AFTERWARDS_NANOS;
    ended = true;
    return pending != null && pending.forget();
  }

  boolean hasEnded() {
    return ended;
  }

  /**
   * Whether it ended so long ago that new work is no part of it: what begins itself again and again
   * serves the service by then.
   */
  boolean isOver(long nanoTime) {
    return ended && nanoTime - overAt > 0;
  }

  /** A model has answered in it, or something was decided. */
  void answered() {
    toBeJudged = true;
  }

  boolean isToBeJudged() {
    return toBeJudged;
  }

  /** One of its spans is held, or no longer. */
  void held(int change) {
    held.addAndGet(change);
  }

  boolean hasHeld() {
    return held.get() > 0;
  }

  /** A transaction of a database was opened in it, or one has ended. */
  void transactions(int change) {
    transactions.addAndGet(change);
  }

  boolean hasTransaction() {
    return transactions.get() > 0;
  }

  /** One of its calls was made to wait for its turn. */
  void waited(long nanos) {
    WAITED_NANOS.addAndGet(this, nanos);
  }

  long waitedNanos() {
    return waitedNanos;
  }
}
