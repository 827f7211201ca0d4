package dev.engram.collector.intake;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes out what is too old or too much beside the collector's own thread, until it is closed. */
final class KeepingThread implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  private KeepingThread(Keeping keeping) {
    thread = new Thread(() -> run(keeping), "engram-keeping");
    thread.setDaemon(true);
  }

  static KeepingThread start(Keeping keeping) {
    KeepingThread started = new KeepingThread(keeping);
    started.thread.start();
    return started;
  }

  /**
   * For the collector's thread, again and again. What ended this one is thrown there, errors too.
   *
   * @throws dev.engram.collector.store.StoreException when the store needs a person's help
   */
  void throwFailure() {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException needsHelp) {
      throw needsHelp;
    }
  }

  /** A step that is under way goes on; whoever closes the store ends it. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run(Keeping keeping) {
    try {
      while (!closed) {
        keeping.step();
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
    }
  }
}
