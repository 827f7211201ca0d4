package dev.engram.collector.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks again and again on a thread of its own, while a collector runs. It takes a twentieth of a
 * core at most: the longer a look took, the longer it rests, up to a longest rest. For one owner.
 */
final class RestingThread implements AutoCloseable {
  private static final long SHORTEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RESTS_FOR_ONE_LOOK = 19;

  private final Runnable look;
  private final long longestRestNanos;
  private final Thread thread;
  private volatile boolean ended;

  private RestingThread(String name, Duration longestRest, Runnable look) {
    this.look = look;
    this.longestRestNanos = longestRest.toNanos();
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /**
   * Begins to look.
   *
   * @param longestRest at least a second
   * @param look must not throw
   */
  static RestingThread start(String name, Duration longestRest, Runnable look) {
    RestingThread started = new RestingThread(name, longestRest, look);
    started.thread.start();
    return started;
  }

  private void run() {
    while (!ended) {
      long began = System.nanoTime();
      look.run();
      long took = System.nanoTime() - began;
      long rest = Math.max(SHORTEST_REST_NANOS, restNanos(took));
      LockSupport.parkNanos(this, Math.min(longestRestNanos, rest));
    }
  }

  /** How long to rest after what took so long, so that it takes a twentieth of a core. */
  static long restNanos(long took) {
    return RESTS_FOR_ONE_LOOK * took;
  }

  /** Returns when it no longer reads the store. */
  @Override
  public void close() {
    ended = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
