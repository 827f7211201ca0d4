package dev.engram.agent.core.http;

import org.jspecify.annotations.Nullable;

/**
 * The runs of one call that healing may make again, so that the attempts of later runs go on
 * counting. Opened, run again and closed by the thread that makes the call, or opened anew by each
 * that makes it again; attempts may be counted on the threads of the client, one at a time.
 */
public final class CallRuns {
  private static final ThreadLocal<@Nullable CallRuns> CURRENT = new ThreadLocal<>();

  private volatile @Nullable CallRuns outer;
  private volatile @Nullable Thread thread;
  private volatile int attempts;
  private volatile int before;
  private volatile boolean repeating;
  private volatile int resent;
  private volatile @Nullable String last;

  private CallRuns() {}

  /** The first run begins; {@link #close} follows on the same thread. */
  public static CallRuns open() {
    CallRuns runs = new CallRuns();
    runs.reopen();
    return runs;
  }

  /** Another run begins on this thread, whose {@link #close} follows here too. */
  public void reopen() {
    outer = CURRENT.get();
    thread = Thread.currentThread();
    CURRENT.set(this);
  }

  /** Whether it is not the first that goes on. */
  public boolean isRepeating() {
    return repeating;
  }

  /** Another run begins. */
  public void again() {
    repeating = true;
    before = attempts;
    resent = 0;
    last = null;
  }

  /** The last run on this thread has ended; nothing on another. */
  public void close() {
    if (thread != Thread.currentThread()) {
      return;
    }
    thread = null;
    CallRuns around = outer;
    if (around == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(around);
    }
  }

  /** How often the client itself has sent the same request again within this run. */
  public int resent() {
    return resent;
  }

  /** Those of the call that this thread is making, or null. */
  public static @Nullable CallRuns current() {
    return CURRENT.get();
  }

  /** Attempts of the runs before this one. */
  int before() {
    return before;
  }

  void attempted(ClientRequest request) {
    String line = request.method() + ' ' + request.url();
    if (line.equals(last)) {
      resent++;
    }
    last = line;
    attempts++;
  }
}
