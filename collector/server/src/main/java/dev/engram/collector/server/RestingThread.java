package dev.engram.collector.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks again and again on a thread of its own, while a collector runs. It takes a twentieth of a
 * core at most: the longer a look took, the longer it rests. For one owner.
 */
final class RestingThread implements AutoCloseable {
  private static final long SHORTEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RESTS_FOR_ONE_LOOK = 19;

  private final Runnable look;
  private final Thread thread;
  private volatile boolean ended;

  private RestingThread(String name, Runnable look) {
    this.look = look;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /**
   * Begins to look.
   *
   * @param look must not throw
   */
  static RestingThread start(String name, Runnable look) {
    RestingThread started = new RestingThread(name, look);
    started.thread.start();
    return started;
  }

  private void run() {
    while (!ended) {
      long began = System.nanoTime();
      look.run();
      long took = System.nanoTime() - began;
      LockSupport.parkNanos(this, Math.max(SHORTEST_REST_NANOS, RESTS_FOR_ONE_LOOK * took));
    }
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
