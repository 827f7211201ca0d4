package dev.engram.agent.core.http;

import org.jspecify.annotations.Nullable;

/**
 * The runs of one call that healing may make again, so that the attempts of later runs go on
 * counting; or a watch around them all, which learns where they went. Opened, run again and closed
 * by the thread that makes the call, or opened anew by each that makes it again; attempts may be
 * counted on the threads of the client, one at a time.
 */
public final class CallRuns {
  private static final ThreadLocal<@Nullable CallRuns> CURRENT = new ThreadLocal<>();

  /** Whether there ever were any: where healing is off, nobody looks for them. */
  private static volatile boolean opened;

  private final boolean watches;

  /** Of one that watches. */
  private final @Nullable Listener listener;

  /** What watches the same call; null for nothing. */
  private final @Nullable CallRuns watch;

  private volatile @Nullable CallRuns outer;
  private volatile @Nullable Thread thread;
  private volatile int attempts;
  private volatile int before;
  private volatile boolean repeating;
  private volatile int resent;
  private volatile boolean redirected;
  private volatile @Nullable ClientRequest last;

  /** Hears of the runs that are watched, each on the thread on which it ends or begins. */
  public interface Listener {
    /**
     * A run has ended; another one may follow.
     *
     * @param status of the answer; 0 where there is none
     * @param last what was sent last in it; null where nothing was
     */
    void ended(int status, @Nullable ClientRequest last);

    /** Another run is sent when this returns. */
    void begins();
  }

  private CallRuns(boolean watches, @Nullable Listener listener) {
    CallRuns around = current();
    this.watches = watches;
    this.listener = listener;
    this.watch = around != null && around.watches && !watches ? around : null;
  }

  /** The first run begins; {@link #close} follows on the same thread. */
  public static CallRuns open() {
    return opened(new CallRuns(false, null));
  }

  /**
   * A call begins whose runs, if it has any, begin within; {@link #close} follows here too.
   *
   * @param listener hears of a run that may be followed by another, and of those that follow
   */
  public static CallRuns watch(Listener listener) {
    return opened(new CallRuns(true, listener));
  }

  private static CallRuns opened(CallRuns runs) {
    opened = true;
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
    redirected = false;
    last = null;
  }

  /** Whoever watches hears that this run has ended, before anybody waits for the next one. */
  public void ended(int status) {
    if (watch != null && watch.listener != null) {
      watch.listener.ended(status, last);
    }
  }

  /** Whoever watches hears that the next run is to be sent. */
  public void begins() {
    if (watch != null && watch.listener != null) {
      watch.listener.begins();
    }
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

  /** Whether the client has sent another request in this run, because of an answer to the first. */
  public boolean isRedirected() {
    return redirected;
  }

  /** Whether the call that this thread makes is known, and only one request was sent for it. */
  public static boolean isOfOneRequest() {
    CallRuns runs = current();
    return runs != null && !runs.redirected;
  }

  /** What was sent last in this run; null where nothing was. */
  public @Nullable ClientRequest last() {
    return last;
  }

  /** Those of the call that this thread is making, or null. */
  public static @Nullable CallRuns current() {
    return opened ? CURRENT.get() : null;
  }

  /** Attempts of the runs before this one. */
  int before() {
    return before;
  }

  void attempted(ClientRequest request) {
    ClientRequest before = last;
    if (request.equals(before)) {
      resent++;
    } else if (before != null) {
      redirected = true;
    }
    last = request;
    attempts++;
    if (watch != null) {
      watch.attempted(request);
    }
  }
}
