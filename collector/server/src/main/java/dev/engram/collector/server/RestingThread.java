package dev.engram.collector.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps what services may recall fresh on a thread of its own, while a collector runs. It takes a
 * twentieth of a core at most: the longer a look took, the longer it rests. For one owner.
 */
final class RecallThread implements AutoCloseable {
  private static final long SHORTEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long RESTS_FOR_ONE_LOOK = 19;

  private final RecallFiles files;
  private final Thread thread;
  private volatile boolean ended;

  private RecallThread(RecallFiles files) {
    this.files = files;
    this.thread = new Thread(this::run, "engram-recall");
    thread.setDaemon(true);
  }

  /** What was learned while no collector ran is looked for first. */
  static RecallThread start(RecallFiles files) {
    files.lookAnyway();
    RecallThread started = new RecallThread(files);
    started.thread.start();
    return started;
  }

  private void run() {
    while (!ended) {
      long began = System.nanoTime();
      files.refresh();
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
