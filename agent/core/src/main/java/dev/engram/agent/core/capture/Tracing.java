package dev.engram.agent.core.capture;

import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.ThrowableShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry of instrumentations into capture. Static because advice is; does nothing until the
 * agent has started. Thread-safe; no method throws.
 */
public final class Tracing {
  private Tracing() {}

  /**
   * Opens a span below the current one, or null when capture is off. The caller fills it, makes it
   * current and ends it. A SERVER or CONSUMER span is below one that was entered on this thread
   * alone: what arrives from outside is no work of the request that happened to start or wake the
   * thread.
   */
  public static @Nullable OpenSpan open(SpanKind kind, Category category, String name) {
    boolean arrives = kind == SpanKind.SERVER || kind == SpanKind.CONSUMER;
    return openBelow(arrives ? entered() : current(), kind, category, name);
  }

  /**
   * Opens a span below this one, for work that goes on where its parent is not current; null when
   * capture is off, and below a request that is ignored.
   *
   * @param parent null for a span of a trace of its own
   */
  public static @Nullable OpenSpan openBelow(
      @Nullable OpenSpan parent, SpanKind kind, Category category, String name) {
    Capture capture = Capture.live();
    if (capture == null) {
      return null;
    }
    try {
      return capture.open(parent, false, kind, category, name);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
      return null;
    }
  }

  /**
   * Opens the SERVER span of a request that arrives. One that is to be ignored has a span too, so
   * that nothing below it is captured.
   *
   * @param method as sent
   * @param path without the query
   */
  public static @Nullable OpenSpan openRequest(String method, String path, String name) {
    return openRequest(Category.HTTP, method, path, name);
  }

  /**
   * The same of a call of a procedure from outside, which may be ignored by its path alone.
   *
   * @param procedure {@code service/method}
   */
  public static @Nullable OpenSpan openServedCall(String procedure) {
    return openRequest(Category.RPC, "", "/" + procedure, procedure);
  }

  private static @Nullable OpenSpan openRequest(
      Category category, String method, String path, String name) {
    Capture capture = Capture.live();
    if (capture == null) {
      return null;
    }
    try {
      boolean ignored = capture.ignores(method, path);
      return capture.open(entered(), ignored, SpanKind.SERVER, category, name);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
      return null;
    }
  }

  private static @Nullable OpenSpan entered() {
    try {
      return CurrentSpan.entered();
    } catch (Throwable failure) {
      // As in current().
      return null;
    }
  }

  /**
   * Bytes worth collecting of one payload of a call of a model; 0 where sizes alone are remembered,
   * or nothing is.
   */
  public static int aiContentLimit() {
    Capture capture = Capture.live();
    return capture == null ? 0 : capture.limits().ai().limit();
  }

  /** The same of texts in their order; see {@link #hashOfJson}. */
  public static @Nullable String hashOf(String name, List<String> texts) {
    Capture capture = Capture.live();
    try {
      return capture == null ? null : capture.hashOf(name, texts);
    } catch (Throwable failure) {
      failed();
      return null;
    }
  }

  /**
   * 16 hex digits of what may be remembered of a JSON text: whoever reads them cannot find by
   * trying what is redacted. Null where nothing is remembered.
   */
  public static @Nullable String hashOfJson(String name, String json) {
    Capture capture = Capture.live();
    try {
      return capture == null ? null : capture.hashOfJson(name, json);
    } catch (Throwable failure) {
      failed();
      return null;
    }
  }

  /**
   * Remembers what became of an operation that a remedy was, or might have been, applied to.
   *
   * @param span in which it was; null outside of any
   */
  public static void remedyAttempt(CapturedAttempt attempt, @Nullable OpenSpan span) {
    Capture capture = Capture.live();
    if (capture == null) {
      return;
    }
    try {
      capture.remedyAttempt(attempt, span);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  /** What would be kept of an exception, its frames included; null while nothing is. */
  public static @Nullable ThrowableShape shapeOf(Throwable thrown) {
    Capture capture = Capture.live();
    return capture == null
        ? null
        : new ThrowableReader(capture.limits(), hash -> false).read(thrown);
  }

  /** The current span of this thread, or null. */
  public static @Nullable OpenSpan current() {
    try {
      return CurrentSpan.get();
    } catch (Throwable failure) {
      // Only for want of memory or stack, which the application will meet itself.
      return null;
    }
  }

  /**
   * Remembers an exception, once however many layers report it (the same object, or one whose cause
   * was remembered).
   *
   * @param site {@code class#method} where it was seen, or null
   */
  public static void exception(Throwable thrown, ExceptionOrigin origin, @Nullable String site) {
    Capture capture = Capture.live();
    if (capture == null) {
      return;
    }
    try {
      capture.exception(thrown, origin, site, CurrentSpan.get());
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  /**
   * Remembers an exception that was logged, as {@link #exception} does.
   *
   * @param template what the application gave to the logger, before values are put in; null for
   *     none. It may repeat the exception's message, and is redacted as that is
   */
  public static void logged(Throwable thrown, String logger, @Nullable String template) {
    exception(thrown, ExceptionOrigin.LOGGED, template == null ? logger : logger + ": " + template);
  }

  /**
   * An exception that a future keeps for whoever asks. When nobody does in a while, it has escaped.
   *
   * @param site {@code class#method} where it was seen
   */
  public static void unobserved(Throwable thrown, String site) {
    Capture capture = Capture.live();
    if (capture == null) {
      return;
    }
    try {
      capture.unobserved(thrown, site, CurrentSpan.get());
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  /** A future has given its exception, or one that it caused, to somebody who asked. */
  public static void observed(Throwable thrown) {
    Capture capture = Capture.live();
    if (capture == null) {
      return;
    }
    try {
      capture.observed(thrown);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  /** Counts something that an instrumentation could not capture, so that the loss is known. */
  public static void failed() {
    Capture capture = Capture.live();
    if (capture != null) {
      capture.failed();
    }
  }

  /**
   * Whether a decision made now would be remembered; if not, the application need not be asked.
   *
   * @param span it is made in, or null
   */
  public static boolean remembersDecisions(@Nullable OpenSpan span) {
    Capture capture = Capture.live();
    return capture != null && capture.remembersDecisions(span);
  }

  /**
   * Remembers a decision.
   *
   * @param span it was made in, or null
   */
  public static void decision(CapturedDecision decision, @Nullable OpenSpan span) {
    Capture capture = Capture.live();
    if (capture == null) {
      return;
    }
    try {
      capture.decision(decision, span);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  /**
   * Remembers what became of a decision.
   *
   * @param key the correlation key that {@code id} is a value of; empty where it is a decision's
   * @param label {@code success}, {@code failure}, {@code partial} or {@code unknown}
   * @param value NaN when there is none
   */
  public static void outcome(
      String key,
      String id,
      String label,
      double value,
      @Nullable String author,
      @Nullable String comment) {
    Capture capture = Capture.live();
    if (capture == null) {
      return;
    }
    try {
      capture.outcome(key, id, label, value, author, comment);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }

  /**
   * Remembers a judgement.
   *
   * @param target {@code trace}, {@code span}, {@code decision}, {@code conversation} or {@code
   *     key}
   * @param targetId null stands for the current trace or span; ignored when there is none
   * @param score NaN when there is none
   */
  public static void feedback(
      String target,
      @Nullable String targetId,
      @Nullable String label,
      double score,
      @Nullable String author,
      @Nullable String comment) {
    Capture capture = Capture.live();
    if (capture == null) {
      return;
    }
    try {
      capture.feedback(target, targetId, label, score, author, comment);
    } catch (Throwable failure) {
      capture.failures().survived(failure);
    }
  }
}
