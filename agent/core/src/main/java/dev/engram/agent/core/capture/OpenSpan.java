package dev.engram.agent.core.capture;

import dev.engram.agent.core.context.Traceparent;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A span that has not ended. Filled by one thread at a time; {@link #end()} may be called from any
 * thread and counts once. Values are redacted and cut where they enter the record, not here. No
 * method throws.
 */
public final class OpenSpan extends SpanContent {
  private static final AtomicIntegerFieldUpdater<OpenSpan> STATE =
      AtomicIntegerFieldUpdater.newUpdater(OpenSpan.class, "state");

  private static final int OPEN = 0;

  /** Its begun note is being written. */
  private static final int BEGINNING = 1;

  private static final int ENDED = 2;

  private final Capture capture;
  private volatile boolean begun;
  private volatile int state = OPEN;
  private @Nullable Hold hold;
  private volatile @Nullable Throwable met;
  private volatile @Nullable ThrownArguments threw;
  private volatile @Nullable Object operation;

  /** See {@link SpanContent}. */
  OpenSpan(
      Capture capture,
      @Nullable OpenSpan parent,
      LocalRoot root,
      SpanKind kind,
      Category category,
      String name) {
    super(capture, parent, root, kind, category, name);
    this.capture = capture;
  }

  /**
   * Continues a remote trace; malformed headers are ignored, and all of them below a span of this
   * JVM. Only before {@link #begun()}.
   */
  public OpenSpan continueFrom(@Nullable String traceparent) {
    Traceparent caller = isLocalRoot() && !begun ? Traceparent.parse(traceparent) : null;
    if (caller != null) {
      root().continueFrom(caller);
    }
    return this;
  }

  /** Replaces the name, for example when the route becomes known. */
  public OpenSpan name(String name) {
    rename(name);
    return this;
  }

  /** Replaces the side that it is, where what lies below tells it. */
  public OpenSpan kind(SpanKind kind) {
    turn(kind);
    return this;
  }

  /** Null values are left out. */
  public OpenSpan put(AttributeKey key, @Nullable String value) {
    // Without a lambda, here and where every span passes: a call that many share is not inlined.
    if (value != null && !isEnded()) {
      try {
        attributes().put(key, value);
      } catch (Throwable failure) {
        capture.failures().survived(failure);
      }
    }
    return this;
  }

  public OpenSpan put(AttributeKey key, long value) {
    if (!isEnded()) {
      try {
        attributes().put(key, value);
      } catch (Throwable failure) {
        capture.failures().survived(failure);
      }
    }
    return this;
  }

  public OpenSpan put(AttributeKey key, double value) {
    return fill(() -> attributes().put(key, value));
  }

  public OpenSpan put(AttributeKey key, boolean value) {
    return fill(() -> attributes().put(key, value));
  }

  /** The text that was put under this name, or null. */
  public @Nullable String text(AttributeKey key) {
    try {
      return attributes().textOf(key);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
      return null;
    }
  }

  /** Whether anything was put under this name. */
  public boolean has(AttributeKey key) {
    try {
      return attributes().has(key);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
      return false;
    }
  }

  /**
   * Hangs on what an instrumentation knows of the operation, for those below that find this span
   * current; it goes with the span's end.
   */
  public OpenSpan operation(Object known) {
    operation = known;
    return this;
  }

  /** What was hung on, or null; null once the span has ended. */
  public @Nullable Object operation() {
    return isEnded() ? null : operation;
  }

  /** Whether the request that it belongs to has ended. */
  public boolean isRequestOver() {
    return root().hasEnded();
  }

  /**
   * A transaction of a database was opened in the request that it belongs to, or one has ended.
   *
   * @param change 1 or -1
   */
  public void transactions(int change) {
    root().transactions(change);
  }

  /** Whether one is open. */
  public boolean hasTransaction() {
    return root().hasTransaction();
  }

  /** A call in the request that it belongs to was made to wait for its turn. */
  public void waited(long nanos) {
    root().waited(nanos);
  }

  /** How long they all were. */
  public long waitedNanos() {
    return root().waitedNanos();
  }

  /** Whether nothing is captured below it, so that nothing is known of what happens there. */
  public boolean isIgnored() {
    return root().isIgnored();
  }

  /** The lower half of its trace's id. */
  public long traceHalf() {
    return traceIdLow();
  }

  /** Adds a text payload such as a prompt; redacted, then cut at the capture limit. */
  public OpenSpan payload(String name, @Nullable String contentType, String content) {
    return payload(name, contentType, content, 0);
  }

  /**
   * Adds a text of which only the beginning was kept.
   *
   * @param wholeSize bytes of the whole; 0 when the content is the whole
   */
  public OpenSpan payload(
      String name, @Nullable String contentType, String content, long wholeSize) {
    return fill(() -> addPayload(name, contentType, content, wholeSize));
  }

  /**
   * Writes the begun note, so that the operation is remembered even if the process dies in it, with
   * the attributes and payloads it has until now.
   */
  public OpenSpan begun() {
    if (STATE.compareAndSet(this, OPEN, BEGINNING)) {
      writeBegun();
      if (!STATE.compareAndSet(this, BEGINNING, OPEN)) {
        // It was ended meanwhile, by a thread that left the rest to this one.
        write();
      }
    }
    return this;
  }

  /**
   * Makes this the thread's current span; every call is matched by {@link #leave()} on the same
   * thread.
   */
  public OpenSpan enter() {
    try {
      CurrentSpan.enter(this);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
    return this;
  }

  /** Restores what was current before {@link #enter()}. */
  public void leave() {
    try {
      CurrentSpan.leave(this);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  /** Marks the span as failed by this exception, and remembers the exception. */
  public OpenSpan fail(Throwable thrown, ExceptionOrigin origin, @Nullable String site) {
    return fill(
        () -> {
          failed(thrown.getClass().getName(), Thrown.message(thrown), DatabaseErrors.isOne(thrown));
          capture.exception(thrown, origin, site, this);
        });
  }

  /** Marks the span as failed without an exception. */
  public OpenSpan fail(String errorType, @Nullable String description) {
    return fill(() -> failed(errorType, description, false));
  }

  /**
   * An exception that a framework is about to handle, from any thread. Whether it matters only the
   * operation's outcome tells: a 404 is the caller's mistake, a 500 is not.
   */
  public void met(Throwable thrown) {
    if (!isEnded()) {
      met = thrown;
    }
  }

  /** What it met last, or null. */
  public @Nullable Throwable met() {
    return met;
  }

  /**
   * A method of the application has ended with an exception, on any thread. What it was given is
   * kept if the exception is remembered before this span ends. An exception leaves several methods:
   * the innermost counts.
   *
   * @param function {@code package.Class.method}
   * @param arguments by parameter; asked at most once, and before this returns
   */
  public void threw(Throwable thrown, String function, Supplier<Map<String, String>> arguments) {
    ThrownArguments inner = threw;
    if (inner == null || !inner.areBehind(thrown)) {
      fill(() -> threw = new ThrownArguments(thrown, function, arguments.get()));
    }
  }

  /**
   * Fixes the duration, and leaves the span open for a count that only later calls can tell: until
   * {@link #end()}, which the caller makes as soon as the count is complete. Where nobody does, the
   * request's end or the agent's stop does; see {@link HeldSpans}. Nothing but {@link #end()} may
   * be called afterwards.
   *
   * @param count asked once, when the span is written, on any thread; negative when not known
   */
  public void hold(AttributeKey key, LongSupplier count) {
    fill(
        () -> {
          hold = new Hold(this, capture.clock().nanoTime(), key, count);
          capture.held().add(hold);
        });
  }

  /** Ends the span and offers it. Later calls do nothing. */
  public void end() {
    if (STATE.getAndSet(this, ENDED) == OPEN) {
      write();
    }
  }

  public boolean isEnded() {
    return state == ENDED;
  }

  /**
   * Whether work that begins now still belongs to it: while its request lasts, and for a minute
   * after.
   */
  boolean isHandedOn() {
    return !root().isOver(capture.clock().nanoTime());
  }

  /** Whether a begun note was committed. */
  boolean hasBegun() {
    return begun;
  }

  private void writeBegun() {
    try {
      begun = begun || capture.begun(this);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  private void write() {
    try {
      Hold held = hold;
      if (held != null) {
        capture.held().remove(held);
        held.putInto(attributes());
      }
      putArguments();
      long end = held == null ? capture.clock().nanoTime() : held.since();
      capture.end(this, durationUntil(end));
      release();
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  private void putArguments() {
    ThrownArguments thrown = threw;
    if (thrown != null && root().seen().containsAny(thrown.chain(), capture.clock().nanoTime())) {
      thrown.putInto(attributes());
    }
  }

  @Override
  void release() {
    super.release();
    hold = null;
    met = null;
    threw = null;
    operation = null;
  }

  private OpenSpan fill(Runnable change) {
    if (!isEnded()) {
      try {
        change.run();
      } catch (Throwable failure) {
        capture.failures().survived(failure);
      }
    }
    return this;
  }
}
