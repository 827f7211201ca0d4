package dev.engram.agent.core.remedy;

import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientRequest;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of another service over HTTP, that may be made again: the entry of the instrumentations
 * of HTTP clients into healing. Confined to the thread that makes the call, which may wait in it;
 * no method throws.
 */
public final class RepeatableCall {
  private static final String HTTP = "http ";

  /** Only models are asked again by it. */
  private static final String POST = "POST";

  private static final String AI = "ai ";

  private final @Nullable Object begun;
  private final Class<?> asking;
  private final CallRuns runs;
  private final Supplier<ClientRequest> request;
  private final Repeatable repeatable;
  private final boolean byClient;
  private final Waiting waiting;

  private RepeatableCall(
      Class<?> asking,
      Supplier<ClientRequest> request,
      Repeatable repeatable,
      boolean byClient,
      Waiting waiting) {
    this.begun = Healing.begin(asking, waiting);
    this.asking = asking;
    this.request = request;
    this.repeatable = repeatable;
    this.byClient = byClient;
    this.waiting = waiting;
    this.runs = CallRuns.open();
  }

  /**
   * A call begins. Null where it is not made again whatever happens: {@code POST}, {@code PATCH}
   * and methods of somebody's own, unless a model is asked; while healing is off; and where this is
   * another run of a call already. Otherwise one of the other methods is called after each run,
   * until one says that it was the last.
   *
   * @param asking sees the frameworks that the caller sees
   * @param host or null when unknown
   * @param path with or without a query
   * @param request the same; asked only if the call fails. Its body, if any, can be sent again
   * @param byClient whether what the client itself sends again is left to it; false for one that
   *     only connects anew
   */
  public static @Nullable RepeatableCall begin(
      Class<?> asking,
      String method,
      @Nullable String host,
      @Nullable String path,
      Supplier<ClientRequest> request,
      boolean byClient) {
    return begin(asking, method, host, path, request, byClient, Waiting.ASLEEP);
  }

  /**
   * The same.
   *
   * @param waiting before another run
   */
  static @Nullable RepeatableCall begin(
      Class<?> asking,
      String method,
      @Nullable String host,
      @Nullable String path,
      Supplier<ClientRequest> request,
      boolean byClient,
      Waiting waiting) {
    if (Healing.isOff() || GuardedCall.isRepeating()) {
      return null;
    }
    Repeatable repeatable = Repeatable.of(method, host, path);
    return repeatable == Repeatable.NEVER
        ? null
        : new RepeatableCall(asking, request, repeatable, byClient, waiting);
  }

  /** What {@link Healing} knows it by; null where it is not made again whatever happens. */
  @Nullable Object begun() {
    return begun;
  }

  Class<?> asking() {
    return asking;
  }

  ClientRequest request() {
    return request.get();
  }

  CallRuns runs() {
    return runs;
  }

  /**
   * A run failed before anything of an answer was handed to the application.
   *
   * @return whether to make the call again; it has waited for it then
   */
  public boolean failed(Throwable thrown) {
    // What never arrived was no load, however often it was sent.
    int resent = isBeforeAnything(thrown) ? 0 : runs.resent();
    runs.ended(0);
    return goesOn(
        () ->
            repeatable.isAfter(thrown) && !isLeftToClient() && !isDoneInPart()
                ? Healing.callFailed(begun, this::place, asking, operation(), resent, thrown, null)
                : Healing.leftAlone(begun));
  }

  /**
   * A run was answered, and nothing of the answer was handed to the application; the same result.
   *
   * @param retryAfter the header of that name, or null
   */
  public boolean answered(int status, @Nullable String retryAfter) {
    if (!Refusal.isOne(status)) {
      succeeded();
      return false;
    }
    Refusal refusal = new Refusal(status, retryAfter);
    runs.ended(status);
    return goesOn(
        () ->
            repeatable.isAfter(refusal) && !isLeftToClient() && !isDoneInPart()
                ? Healing.callFailed(
                    begun, this::place, asking, operation(), runs.resent(), null, refusal)
                : Healing.leftAlone(begun));
  }

  /** The last run was answered. */
  public void succeeded() {
    runs.close();
    if (begun != null) {
      Healing.succeeded(begun, this::place);
    }
  }

  /** The last run failed in a way that is left alone. */
  public void leftAlone() {
    goesOn(() -> Healing.leftAlone(begun));
  }

  /** Whether this failure means that nothing was sent. */
  public static boolean isBeforeAnything(Throwable thrown) {
    return Repeatable.isBeforeAnything(thrown);
  }

  private boolean isLeftToClient() {
    return byClient && runs.resent() > 0;
  }

  /** Who answers with a redirect may have done what it was asked to before. */
  private boolean isDoneInPart() {
    return repeatable != Repeatable.ALWAYS && runs.isRedirected();
  }

  /** Whatever becomes of the decision, runs that are the last are closed. */
  private boolean goesOn(BooleanSupplier decision) {
    boolean again = false;
    try {
      again = decision.getAsBoolean();
      return again;
    } finally {
      if (again) {
        runs.again();
        if (waiting.isOnOneThread()) {
          runs.begins();
        }
      } else {
        runs.close();
      }
    }
  }

  private String operation() {
    ClientRequest asked = request.get();
    return asked.method() + ' ' + asked.url();
  }

  /** Such as {@code http api.example:443}. */
  private String place() {
    ClientRequest asked = request.get();
    String sort = asked.method().equals(POST) ? AI : HTTP;
    int port = asked.port() > 0 ? asked.port() : asked.defaultPort();
    return sort + String.valueOf(asked.host()).toLowerCase(Locale.ROOT) + ':' + port;
  }
}
