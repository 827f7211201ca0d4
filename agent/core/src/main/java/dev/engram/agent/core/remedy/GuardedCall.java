package dev.engram.agent.core.remedy;

import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
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
 * HTTP clients into the breaker, around all their attempts. Thread-safe; no method throws.
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

  /** What becomes of a call. */
  private enum Role {
    ORDINARY,
    /** Let through while others are not, to see. */
    PROBE,
    /** Let through because its request was drawn to be compared with. */
    CONTROL
  }

  private GuardedCall(String place, Circuit circuit, Role role, @Nullable Remedy remedy) {
    this.place = place;
    this.circuit = circuit;
    this.role = role;
    this.remedy = remedy;
  }

  /**
   * A call begins.
   *
   * @param host or null when unknown
   * @param port not positive when it is the scheme's own
   * @param path with or without a query
   * @return what {@link #ended} is to be given; an {@code IOException} where the call is not to be
   *     made; null where nobody watches
   */
  public static @Nullable Object begin(
      String method, @Nullable String host, int port, boolean isSecure, @Nullable String path) {
    if (Healing.isOff() || host == null) {
      return null;
    }
    String place = place(method, host, port(port, isSecure), path);
    Circuit circuit = circuit(place);
    if (circuit == null) {
      return null;
    }
    OpenSpan span = circuit.isOpen() ? Tracing.current() : null;
    Remedy remedy =
        span != null && Healing.isAt(HealLevel.AUTO)
            ? Healing.remedy(Remedy.Kind.BREAKER.at(place), ANY_FAILURE)
            : null;
    return span == null || remedy == null
        ? new GuardedCall(place, circuit, Role.ORDINARY, null)
        : whileOpen(place, circuit, span, remedy);
  }

  private static Object whileOpen(String place, Circuit circuit, OpenSpan span, Remedy remedy) {
    if (!Treatment.isTreated(remedy, span.traceHalf())) {
      return new GuardedCall(place, circuit, Role.CONTROL, remedy);
    }
    if (circuit.probes(System.nanoTime())) {
      return new GuardedCall(place, circuit, Role.PROBE, remedy);
    }
    Told.done(span, remedy, Arm.TREATED, 0, Result.SPARED, 0);
    Treatment.sayOnce(remedy);
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
   * A call has ended.
   *
   * @param begun what {@link #begin} gave, and not null
   * @param status of the answer; 0 where there is none, or nothing can be told by it
   * @param thrown null where it was answered
   * @return what it is to fail with, because it was not made; null for nothing
   */
  public static @Nullable Throwable ended(Object begun, int status, @Nullable Throwable thrown) {
    if (begun instanceof IOException spared) {
      return spared;
    }
    GuardedCall call = (GuardedCall) begun;
    if (thrown != null) {
      call.failed(thrown);
    } else if (status > 0) {
      call.answered(status);
    }
    return null;
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
      circuit.probeFailed(System.nanoTime());
      tell(Arm.PROBE, Result.FAILED);
    } else if (role == Role.CONTROL) {
      tell(Arm.CONTROL, Result.FAILED);
    } else if (circuit.failed(System.nanoTime())) {
      opened();
    }
  }

  /**
   * Whoever was let through has seen that the others were failed for nothing by then. What was on
   * its way beside it saw the same.
   */
  private void up() {
    if (circuit.answered() && role != Role.ORDINARY) {
      tell(Arm.PROBE, Result.RESOLVED);
    }
  }

  private void opened() {
    OpenSpan span = Tracing.current();
    String action = Remedy.Kind.BREAKER.at(place);
    boolean acts = Healing.isAt(HealLevel.AUTO) && Healing.remedy(action, ANY_FAILURE) != null;
    if (span != null && !acts && !Healing.isOff()) {
      Told.undone(span, action, Prospect.PASSES, ANY_FAILURE);
    }
  }

  private void tell(Arm arm, Result result) {
    OpenSpan span = Tracing.current();
    if (span != null && remedy != null && !Healing.isOff()) {
      Told.done(span, remedy, arm, 1, result, 0);
    }
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

  /** Such as {@code http api.example:443}. */
  private static String place(String method, String host, int port, @Nullable String path) {
    String sort = Endpoint.of(method, host, path) == null ? "http " : "ai ";
    return sort + host.toLowerCase(Locale.ROOT) + ':' + port;
  }
}
