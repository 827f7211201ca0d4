package dev.engram.collector.server;

import org.jspecify.annotations.Nullable;

/** A collector on a thread of its own. For one owner. */
final class CollectorThread {
  private final CollectorServer server;
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;

  private CollectorThread(CollectorServer server) {
    this.server = server;
    this.thread = new Thread(this::run, "engram-collector");
    thread.setDaemon(true);
  }

  static CollectorThread start(CollectorServer server) {
    CollectorThread started = new CollectorThread(server);
    started.thread.start();
    return started;
  }

  private void run() {
    try {
      server.run();
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
  }

  /** Stops and closes it; throws what ended it early. */
  void end() {
    server.stop();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    server.close();
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
  }
}
