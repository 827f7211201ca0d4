package dev.engram.agent.core.remedy;

import dev.engram.agent.record.InAppFrames;
import java.util.concurrent.TimeUnit;

/** How the time before another run of an operation passes. One an operation; no method throws. */
sealed interface Waiting {
  /** On the thread that runs it, which sleeps. */
  Waiting ASLEEP = new Asleep();

  /** Whether all runs are on one thread. */
  boolean isOnOneThread();

  /** Whether the thread may be made to wait. */
  boolean isPossible();

  /** Whether others would wait too, for a monitor that the caller holds. */
  boolean holdsUpOthers(InAppFrames inApp);

  /** Waits, or sees to it that the next run begins that much later; false where it was ended. */
  boolean passes(Attempts attempts, long millis);

  /** See {@link #ASLEEP}. */
  final class Asleep implements Waiting {
    private Asleep() {}

    @Override
    public boolean isOnOneThread() {
      return true;
    }

    @Override
    public boolean isPossible() {
      Thread thread = Thread.currentThread();
      return !thread.isInterrupted() && WaitingThreads.mayWait(thread);
    }

    @Override
    public boolean holdsUpOthers(InAppFrames inApp) {
      return HeldMonitors.isAny(inApp);
    }

    @Override
    public boolean passes(Attempts attempts, long millis) {
      long begin = System.nanoTime();
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
        return true;
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        attempts.waited(System.nanoTime() - begin);
      }
    }
  }

  /** Nobody waits but who has asked for the result: the next run is begun later. */
  final class Later implements Waiting {
    private final Thread caller;
    private long millis;

    /**
     * @param caller who may wait for the result
     */
    Later(Thread caller) {
      this.caller = caller;
    }

    /** How much later, once it was said. */
    long millis() {
      return millis;
    }

    @Override
    public boolean isOnOneThread() {
      return false;
    }

    @Override
    public boolean isPossible() {
      return true;
    }

    @Override
    public boolean holdsUpOthers(InAppFrames inApp) {
      return HeldMonitors.isAny(caller, inApp);
    }

    @Override
    public boolean passes(Attempts attempts, long millis) {
      this.millis = millis;
      attempts.waited(TimeUnit.MILLISECONDS.toNanos(millis));
      return true;
    }
  }
}
