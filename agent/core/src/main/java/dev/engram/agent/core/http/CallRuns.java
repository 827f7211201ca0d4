package dev.engram.agent.core.http;

import org.jspecify.annotations.Nullable;

/**
 * The runs of one call that healing may make again, so that the attempts of later runs go on
 * counting. Opened, run again and closed by the thread that makes the call; attempts may be counted
 * on the threads of the client, one at a time.
 */
public final class CallRuns {
  private static final ThreadLocal<@Nullable CallRuns> CURRENT = new ThreadLocal<>();

  private final @Nullable CallRuns outer = CURRENT.get();
  private volatile int attempts;
  private volatile int before;
  private volatile boolean retried;
  private volatile @Nullable String last;

  private CallRuns() {}

  /** The first run begins; {@link #close} follows on the same thread. */
  public static CallRuns open() {
    CallRuns runs = new CallRuns();
    CURRENT.set(runs);
    return runs;
  }

  /** Another run begins. */
  public void again() {
    before = attempts;
    retried = false;
    last = null;
  }

  /** The last run has ended. */
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** Whether the client itself has sent the same request again within this run. */
  public boolean isRetried() {
    return retried;
  }

  static @Nullable CallRuns current() {
    return CURRENT.get();
  }

  /** Attempts of the runs before this one. */
  int before() {
    return before;
  }

  void attempted(ClientRequest request) {
    String line = request.method() + ' ' + request.url();
    retried |= line.equals(last);
    last = line;
    attempts++;
  }
}
