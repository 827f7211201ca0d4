package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One call of another service that may answer nothing but failures: then it is not made, but fails
 * at once, so that nobody waits for it, and it can recover. The entry of the instrumentations of
 * HTTP clients into the breaker, around all their attempts. What becomes of it counts for the
 * service that the last attempt was sent to, and for none where nothing was sent. Thread-safe; no
 * method throws.
 */
public final class GuardedCall {
  /** Of remedies that are for whatever fails at a place. */
  static final long ANY_FAILURE = 0;

  private final CalledService service;
  private final Role role;
  private final @Nullable Remedy remedy;

  /** In which it was made; it may end on another thread. */
  private final @Nullable OpenSpan span;

  private final CallRuns runs;

  private final LimitedCall limited;

  /** What becomes of a call. */
  private enum Role {
    ORDINARY,
    /** Let through while others are not, to see. */
    PROBE,
    /** Let through because its request was drawn to be compared with. */
    CONTROL
  }

  private GuardedCall(
      CalledService service,
      Role role,
      @Nullable Remedy remedy,
      @Nullable OpenSpan span,
      CallRuns runs,
      LimitedCall limited) {
    this.service = service;
    this.role = role;
    this.remedy = remedy;
    this.span = span;
    this.runs = runs;
    this.limited = limited;
  }

  /**
   * A call begins; {@link #ended} follows on the same thread, or {@link #isMade} does.
   *
   * @param host or null when unknown
   * @param port not positive when it is the scheme's own
   * @param path with or without a query
   * @return what {@link #ended} is to be given; an {@code IOException} where the call is not to be
   *     made; null where nobody watches, or it is a part of one that has begun
   */
  public static @Nullable Object begin(
      String method, @Nullable String host, int port, boolean isSecure, @Nullable String path) {
    if (Healing.isOff() || host == null || isRepeating()) {
      return null;
    }
    CalledService service =
        CalledServices.at(CalledService.place(method, host, port, isSecure, path));
    if (service == null) {
      return null;
    }
    OpenSpan span = Tracing.current();
    Remedy remedy =
        service.circuit().isOpen() && span != null && Healing.isAt(HealLevel.AUTO)
            ? Healing.remedy(Remedy.Kind.BREAKER.at(service.place()), ANY_FAILURE)
            : null;
    return span == null || remedy == null
        ? made(service, Role.ORDINARY, null, span)
        : whileOpen(service, span, remedy);
  }

  /** Whether what is called on this thread is called again, within a call that has begun. */
  public static boolean isRepeating() {
    CallRuns around = CallRuns.current();
    return around != null && around.isRepeating();
  }

  private static Object whileOpen(CalledService service, OpenSpan span, Remedy remedy) {
    if (!Treatment.isTreated(remedy, span.traceHalf())) {
      return made(service, Role.CONTROL, remedy, span);
    }
    long now = System.nanoTime();
    if (service.circuit().probes(now)) {
      return made(service, Role.PROBE, remedy, span);
    }
    int spared = service.circuit().spared(now);
    if (spared > 0) {
      Told.done(span, remedy, Arm.TREATED, spared, Result.SPARED, 0);
    }
    Treatment.sayOnce(remedy);
    return service.notCalled(remedy);
  }

  private static GuardedCall made(
      CalledService service, Role role, @Nullable Remedy remedy, @Nullable OpenSpan span) {
    LimitedCall limited = new LimitedCall(service);
    return new GuardedCall(service, role, remedy, span, CallRuns.watch(limited), limited);
  }

  /**
   * The call is sent when this returns: after a wait where the service has too much to do.
   *
   * @param begun what {@link #begin} gave
   * @param asking sees the frameworks that the call sees; null where it must not wait
   * @param timeoutNanos after which somebody ends the call, this wait included; 0 for never
   * @return {@code begun}
   */
  public static @Nullable Object inTurn(
      @Nullable Object begun, @Nullable Class<?> asking, long timeoutNanos) {
    if (begun instanceof GuardedCall call) {
      call.inTurn(asking, timeoutNanos);
    }
    return begun;
  }

  /** Where this fails, whoever makes the call hears nothing of what has begun. */
  private void inTurn(@Nullable Class<?> asking, long timeoutNanos) {
    boolean isSent = false;
    try {
      limited.inTurn(asking, timeoutNanos);
      isSent = true;
    } finally {
      if (!isSent) {
        runs.close();
      }
    }
  }

  /**
   * A call is under way, which ends later; on the thread that made it.
   *
   * @param begun what {@link #begin} gave, and not null
   * @return what it is to fail with, because it was not made; null for nothing
   */
  public static @Nullable Throwable isMade(Object begun) {
    if (begun instanceof IOException spared) {
      return spared;
    }
    ((GuardedCall) begun).runs.close();
    return null;
  }

  /**
   * A call has ended.
   *
   * @param begun what {@link #begin} gave, and not null
   * @param status of the answer; 0 where there is none, or nothing can be told by it
   * @param thrown null where it was answered
   * @return what it is to fail with, because it was not made; null for nothing
   */
  public static @Nullable Throwable ended(Object begun, int status, @Nullable Throwable thrown) {
    Throwable spared = isMade(begun);
    if (spared == null) {
      GuardedCall call = (GuardedCall) begun;
      GuardedCall sent = call.sent();
      call.limited.over(thrown == null ? status : 0, call.runs.last());
      if (sent != null && thrown != null) {
        sent.failed(thrown);
      } else if (sent != null && status > 0) {
        sent.answered(status);
      }
    }
    return spared;
  }

  /** Of where it was sent last; null for nowhere. Who sends somebody elsewhere has answered. */
  private @Nullable GuardedCall sent() {
    ClientRequest last = runs.last();
    if (last != null && service.isOf(last)) {
      return this;
    }
    String there = last == null ? null : service.placeOf(last);
    if (there == null) {
      return null;
    }
    up();
    CalledService other = CalledServices.at(there);
    return other == null ? null : new GuardedCall(other, Role.ORDINARY, null, span, runs, limited);
  }

  private void answered(int status) {
    if (Refusal.isOverload(status)) {
      down();
    } else {
      up();
    }
  }

  /** What is a mistake, or somebody's wish, says nothing of the other service. */
  private void failed(Throwable thrown) {
    if (Prospect.of(thrown) == Prospect.PASSES && !Thread.currentThread().isInterrupted()) {
      down();
    }
  }

  private void down() {
    if (role == Role.PROBE) {
      tell(Arm.PROBE, 1, Result.FAILED);
    } else if (role == Role.CONTROL) {
      tell(Arm.CONTROL, 1, Result.FAILED);
    } else if (service.circuit().failed(System.nanoTime())) {
      opened();
    }
  }

  /**
   * Whoever was let through has seen that the others were failed for nothing by then. What was on
   * its way beside it saw the same.
   */
  private void up() {
    if (service.circuit().answered()) {
      tellSpared(service.circuit().untold());
      if (role != Role.ORDINARY) {
        tell(Arm.PROBE, 1, Result.RESOLVED);
      }
    }
  }

  /** Also where it closes by a call that began before it opened. */
  private void tellSpared(int calls) {
    Remedy inForce =
        remedy == null
            ? Healing.remedy(Remedy.Kind.BREAKER.at(service.place()), ANY_FAILURE)
            : remedy;
    if (calls > 0 && inForce != null && !Healing.isOff()) {
      Told.done(span, inForce, Arm.TREATED, calls, Result.SPARED, 0);
    }
  }

  /** Also outside of any span: a service that is down is down for all. */
  private void opened() {
    String action = Remedy.Kind.BREAKER.at(service.place());
    boolean acts = Healing.isAt(HealLevel.AUTO) && Healing.remedy(action, ANY_FAILURE) != null;
    if (!acts && !Healing.isOff()) {
      Told.undone(span, action, Prospect.PASSES, ANY_FAILURE);
    }
  }

  private void tell(Arm arm, int tries, Result result) {
    if (span != null && remedy != null && !Healing.isOff()) {
      Told.done(span, remedy, arm, tries, result, 0);
    }
  }
}
