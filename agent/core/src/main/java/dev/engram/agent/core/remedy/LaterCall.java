package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ClientRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RepeatableCall} whose result is told on another thread than the one that makes it, so
 * that nobody waits before it is made again: it is made later. Used by one thread at a time; no
 * method throws.
 */
public final class LaterCall {
  /** It is not made again. */
  public static final long NEVER = -1;

  private final OpenSpan span;
  private final Waiting.Later later;
  private final RepeatableCall call;

  private LaterCall(OpenSpan span, Waiting.Later later, RepeatableCall call) {
    this.span = span;
    this.later = later;
    this.call = call;
  }

  /**
   * A call begins; {@link #isMade} follows on the same thread. Null where nothing is to be done or
   * told, and for one that is made again.
   *
   * @param asking the rest is as with {@link RepeatableCall#begin}
   */
  public static @Nullable LaterCall begin(
      Class<?> asking,
      String method,
      @Nullable String host,
      @Nullable String path,
      Supplier<ClientRequest> request) {
    OpenSpan span = Healing.isOff() ? null : Tracing.current();
    if (span == null) {
      return null;
    }
    Waiting.Later later = new Waiting.Later(Thread.currentThread());
    RepeatableCall call = RepeatableCall.begin(asking, method, host, path, request, false, later);
    return call == null ? null : new LaterCall(span, later, call);
  }

  /** The first run is under way. */
  public void isMade() {
    call.runs().close();
  }

  /** Whether it may be made again; else its failure alone is to be told. */
  public boolean isRepeatable() {
    return call.begun() != null;
  }

  /**
   * As {@link RepeatableCall#failed}.
   *
   * @return after how many milliseconds it is to be made again, or {@link #NEVER}
   */
  public long failed(Throwable thrown) {
    return decided(() -> call.failed(thrown));
  }

  /** As {@link RepeatableCall#answered}; the same result. */
  public long answered(int status, @Nullable String retryAfter) {
    return decided(() -> call.answered(status, retryAfter));
  }

  /** As {@link RepeatableCall#leftAlone}. */
  public void leftAlone() {
    decided(
        () -> {
          call.leftAlone();
          return false;
        });
  }

  /** As {@link RepeatableCall#succeeded}. */
  public void succeeded() {
    decided(
        () -> {
          call.succeeded();
          return false;
        });
  }

  /**
   * Makes it again on this thread, which must not wait in it.
   *
   * @return null where that is wanted no more
   */
  public <T> @Nullable T again(Supplier<T> run) {
    Object begun = call.begun();
    span.enter();
    try {
      if (begun == null || span.isRequestOver() || !Healing.isStillWanted(begun)) {
        return null;
      }
      call.runs().reopen();
      call.runs().begins();
      return run.get();
    } finally {
      call.runs().close();
      span.leave();
    }
  }

  /**
   * As {@link AlternativeQuestion#of}, where the call is not made again.
   *
   * @param body whole; null where it cannot be had
   */
  public @Nullable AlternativeQuestion alternative(int status, Supplier<byte @Nullable []> body) {
    ClientRequest request = call.request();
    if (span.isRequestOver() || !AlternativeQuestion.isFor(request.method(), status)) {
      return null;
    }
    span.enter();
    try {
      return AlternativeQuestion.of(call.asking(), request, status, body, later, isRepeatable());
    } finally {
      span.leave();
    }
  }

  /** In the span it was made in, as long as that lasts. */
  private long decided(BooleanSupplier decision) {
    if (span.isRequestOver()) {
      return NEVER;
    }
    span.enter();
    try {
      return decision.getAsBoolean() ? later.millis() : NEVER;
    } finally {
      span.leave();
    }
  }
}
