package dev.engram.agent.core.remedy;

import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  private static final int MOST_PLACES = 1_000;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private static final Map<String, Circuit> CIRCUITS = new ConcurrentHashMap<>();

  private final String place;
  private final Circuit circuit;
  private final Role role;
  private final @Nullable Remedy remedy;

  /** In which it was made; it may end on another thread. */
  private final @Nullable OpenSpan span;

  private final CallRuns runs;

  /** Null where the service is not watched for it, or it was sent elsewhere. */
  private final @Nullable LimitedCall limited;

  /** What becomes of a call. */
  private enum Role {
    ORDINARY,
    /** Let through while others are not, to see. */
    PROBE,
    /** Let through because its request was drawn to be compared with. */
    CONTROL
  }

  private GuardedCall(
      String place,
      Circuit circuit,
      Role role,
      @Nullable Remedy remedy,
      @Nullable OpenSpan span,
      CallRuns runs,
      @Nullable LimitedCall limited) {
    this.place = place;
    this.circuit = circuit;
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
    String place = place(method, host, port(port, isSecure), path);
    Circuit circuit = circuit(place);
    if (circuit == null) {
      return null;
    }
    OpenSpan span = Tracing.current();
    Remedy remedy =
        circuit.isOpen() && span != null && Healing.isAt(HealLevel.AUTO)
            ? Healing.remedy(Remedy.Kind.BREAKER.at(place), ANY_FAILURE)
            : null;
    return span == null || remedy == null
        ? made(place, circuit, Role.ORDINARY, null, span)
        : whileOpen(place, circuit, span, remedy);
  }

  /** Whether what is called on this thread is called again, within a call that has begun. */
  public static boolean isRepeating() {
    CallRuns around = CallRuns.current();
    return around != null && around.isRepeating();
  }

  private static Object whileOpen(String place, Circuit circuit, OpenSpan span, Remedy remedy) {
    if (!Treatment.isTreated(remedy, span.traceHalf())) {
      return made(place, circuit, Role.CONTROL, remedy, span);
    }
    long now = System.nanoTime();
    if (circuit.probes(now)) {
      return made(place, circuit, Role.PROBE, remedy, span);
    }
    int spared = circuit.spared(now);
    if (spared > 0) {
      Told.done(span, remedy, Arm.TREATED, spared, Result.SPARED, 0);
    }
    Treatment.sayOnce(remedy);
    return notCalled(place, remedy);
  }

  private static GuardedCall made(
      String place, Circuit circuit, Role role, @Nullable Remedy remedy, @Nullable OpenSpan span) {
    LimitedPeer peer = LimitedPeers.peer(place);
    LimitedCall limited = peer == null ? null : peer.begin();
    return new GuardedCall(place, circuit, role, remedy, span, CallRuns.watch(), limited);
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
    if (begun instanceof GuardedCall call && call.limited != null) {
      call.limited.inTurn(asking, timeoutNanos);
    }
    return begun;
  }

  private static IOException notCalled(String place, Remedy remedy) {
    IOException spared =
        new ConnectException(
            "not called, because it has answered nothing but failures: "
                + place
                + " (engram remedies explain "
                + remedy.id()
                + ")");
    Healing.dealtWith(spared);
    return spared;
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
      call.leave(sent, thrown == null ? status : 0);
      if (sent != null && thrown != null) {
        sent.failed(thrown);
      } else if (sent != null && status > 0) {
        sent.answered(status);
      }
    }
    return spared;
  }

  /** Its place is another's now. Whoever sends it elsewhere has answered. */
  private void leave(@Nullable GuardedCall sent, int status) {
    if (limited == null) {
      return;
    }
    if (sent == null || status == 0) {
      limited.ended(LimitedCall.Outcome.UNKNOWN);
    } else {
      limited.ended(sent == this ? outcome(status) : LimitedCall.Outcome.ANSWERED);
    }
  }

  private static LimitedCall.Outcome outcome(int status) {
    if (new Refusal(status, null).isBeforeAnything()) {
      return LimitedCall.Outcome.REFUSED;
    }
    return Refusal.isOverload(status) ? LimitedCall.Outcome.UNKNOWN : LimitedCall.Outcome.ANSWERED;
  }

  /** Of where it was sent last; null for nowhere. Who sends somebody elsewhere has answered. */
  private @Nullable GuardedCall sent() {
    ClientRequest last = runs.last();
    String host = last == null ? null : last.host();
    if (last == null || host == null) {
      return null;
    }
    int port = last.port() > 0 ? last.port() : last.defaultPort();
    String there = place(place.substring(0, place.indexOf(' ') + 1), host, port);
    if (there.equals(place)) {
      return this;
    }
    up();
    Circuit other = circuit(there);
    return other == null
        ? null
        : new GuardedCall(there, other, Role.ORDINARY, null, span, runs, null);
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
    } else if (circuit.failed(System.nanoTime())) {
      opened();
    }
  }

  /**
   * Whoever was let through has seen that the others were failed for nothing by then. What was on
   * its way beside it saw the same.
   */
  private void up() {
    if (circuit.answered()) {
      tellSpared(circuit.untold());
      if (role != Role.ORDINARY) {
        tell(Arm.PROBE, 1, Result.RESOLVED);
      }
    }
  }

  /** Also where it closes by a call that began before it opened. */
  private void tellSpared(int calls) {
    Remedy inForce =
        remedy == null ? Healing.remedy(Remedy.Kind.BREAKER.at(place), ANY_FAILURE) : remedy;
    if (calls > 0 && inForce != null && !Healing.isOff()) {
      Told.done(span, inForce, Arm.TREATED, calls, Result.SPARED, 0);
    }
  }

  /** Also outside of any span: a service that is down is down for all. */
  private void opened() {
    String action = Remedy.Kind.BREAKER.at(place);
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

  /** What was counted is of no use any more, because nobody has counted since. */
  static void forget() {
    CIRCUITS.clear();
  }

  /** Null where there are too many to watch them all. */
  static @Nullable Circuit circuit(String place) {
    Circuit known = CIRCUITS.get(place);
    return known != null || CIRCUITS.size() >= MOST_PLACES
        ? known
        : CIRCUITS.computeIfAbsent(place, absent -> new Circuit());
  }

  private static int port(int port, boolean isSecure) {
    if (port > 0) {
      return port;
    }
    return isSecure ? HTTPS_PORT : HTTP_PORT;
  }

  private static String place(String method, String host, int port, @Nullable String path) {
    return place(Endpoint.of(method, host, path) == null ? "http " : "ai ", host, port);
  }

  /** Such as {@code http api.example:443}. */
  private static String place(String sort, String host, int port) {
    return sort + host.toLowerCase(Locale.ROOT) + ':' + port;
  }
}
