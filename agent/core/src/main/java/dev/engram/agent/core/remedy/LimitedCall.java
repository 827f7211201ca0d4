package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientRequest;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call of a service that may have too much to do, of which each run takes a place of its own:
 * what waits to be sent again has none. Runs follow one another, on whichever thread; the call may
 * be over on another one meanwhile. No method throws.
 */
final class LimitedCall implements CallRuns.Listener {
  /** Longest wait for a place. */
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** All calls of one request together. */
  static final long LONGEST_OF_REQUEST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Where somebody ends the call after a time, this part of it may be waited. */
  private static final int PART_OF_TIMEOUT = 4;

  private final CalledService service;

  /** Null while none is under way. */
  private final AtomicReference<@Nullable Run> current = new AtomicReference<>();

  private volatile boolean over;

  /**
   * Of the call.
   *
   * @param limit null where there was none
   * @param hasPlace in it
   * @param sentAt by {@code nanoTime}; 0 where there was no limit
   */
  private record Run(
      CallWindow window, @Nullable ConcurrencyLimit limit, boolean hasPlace, long sentAt) {}

  /** What became of a run, as far as it tells how much the other service has to do. */
  enum Outcome {
    ANSWERED,
    REFUSED,
    /** Nothing was sent, it failed, or somebody between has answered. */
    UNKNOWN
  }

  /** No run has begun. */
  LimitedCall(CalledService service) {
    this.service = service;
  }

  /**
   * The first run is sent when this returns. Where the service is limited it takes a place, or
   * waits for one; without one it goes ahead.
   *
   * @param asking sees the frameworks that the call sees; null where it must not wait
   * @param timeoutNanos after which somebody ends it; 0 for never
   */
  void inTurn(@Nullable Class<?> asking, long timeoutNanos) {
    begins(asking, timeoutNanos);
  }

  /**
   * A later run, which has waited already, and holds the connection of the answer before it: it
   * takes a place or goes ahead. One that waited might wait for those who want that connection.
   */
  @Override
  public void begins() {
    begins(null, 0);
  }

  private void begins(@Nullable Class<?> asking, long timeoutNanos) {
    ConcurrencyLimit now = service.limit().limit();
    boolean hasPlace = now != null && (now.take() || waits(now, asking, timeoutNanos));
    if (now != null && !hasPlace) {
      now.goAhead();
    }
    long sentAt = now == null ? 0 : System.nanoTime();
    current.set(new Run(service.limit().begin(), now, hasPlace, sentAt));
    if (over) {
      ended(Outcome.UNKNOWN);
    }
  }

  private boolean waits(ConcurrencyLimit now, @Nullable Class<?> asking, long timeoutNanos) {
    OpenSpan span = asking == null ? null : Tracing.current();
    if (asking == null || span == null) {
      return false;
    }
    long longest = longestNanos(span.waitedNanos(), timeoutNanos);
    if (longest <= 0 || service.limit().inForce() == null || !mayWait(asking)) {
      return false;
    }
    long began = System.nanoTime();
    boolean comes = now.await(longest);
    long waited = System.nanoTime() - began;
    span.waited(waited);
    service.limit().waited(waited);
    return comes;
  }

  private static long longestNanos(long waitedNanos, long timeoutNanos) {
    long longest = Math.min(LONGEST_NANOS, LONGEST_OF_REQUEST_NANOS - waitedNanos);
    return timeoutNanos > 0 ? Math.min(longest, timeoutNanos / PART_OF_TIMEOUT) : longest;
  }

  /** As for retries, and not where other tasks of a pool that steals work wait for the thread. */
  private static boolean mayWait(Class<?> asking) {
    return Healing.mayAct(asking)
        && Waiting.ASLEEP.isPossible()
        && !(Thread.currentThread() instanceof ForkJoinWorkerThread)
        && CalledServices.mayLook()
        && !Healing.holdsUpOthers(Waiting.ASLEEP);
  }

  @Override
  public void ended(int status, @Nullable ClientRequest last) {
    if (status == 0 || last == null || last.host() == null) {
      ended(Outcome.UNKNOWN);
    } else {
      ended(outcome(status, last));
    }
  }

  /** No run follows; the same of the last one, if it has not ended. */
  void over(int status, @Nullable ClientRequest last) {
    over = true;
    ended(status, last);
  }

  /** Whoever sends it elsewhere has answered. */
  private Outcome outcome(int status, ClientRequest last) {
    if (!service.isOf(last)) {
      return Outcome.ANSWERED;
    }
    if (new Refusal(status, null).isBeforeAnything()) {
      return Outcome.REFUSED;
    }
    return Refusal.isOverload(status) ? Outcome.UNKNOWN : Outcome.ANSWERED;
  }

  /** Once for each run. */
  private void ended(Outcome outcome) {
    Run run = current.getAndSet(null);
    if (run == null) {
      return;
    }
    service.limit().ended(run.window, outcome);
    ConcurrencyLimit taken = run.limit;
    if (taken == null) {
      return;
    }
    if (run.hasPlace && outcome == Outcome.ANSWERED) {
      taken.answered();
    } else if (run.hasPlace && outcome == Outcome.REFUSED) {
      taken.refused(run.sentAt);
    }
    taken.leave();
  }
}
