package dev.engram.collector.server;

import dev.engram.collector.store.StoreException;
import java.util.function.Consumer;

/**
 * A collector on a thread of its own. What ends it early is said at once: the process it serves may
 * run for weeks. For one owner.
 */
final class CollectorThread {
  private final CollectorServer server;
  private final Consumer<String> log;
  private final Thread thread;

  private CollectorThread(CollectorServer server, Consumer<String> log) {
    this.server = server;
    this.log = log;
    this.thread = new Thread(this::run, "engram-collector");
    thread.setDaemon(true);
  }

  static CollectorThread start(CollectorServer server, Consumer<String> log) {
    CollectorThread started = new CollectorThread(server, log);
    started.thread.start();
    return started;
  }

  CollectorServer server() {
    return server;
  }

  private void run() {
    try {
      server.run();
    } catch (StoreException failure) {
      log.accept(failure.getMessage() + "; records wait in their queues");
    } catch (RuntimeException | Error failure) {
      log.accept("collecting ended early (" + failure + "); records wait in their queues");
    }
  }

  /** Stops and closes it. */
  void end() {
    server.stop();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    server.close();
  }
}
