package dev.engram.collector.server;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A home that is being collected for as long as this is open: by the collector that is there, or
 * else by one in this process. For one thread.
 */
public final class Collecting implements AutoCloseable {
  /** A killed instance counts as dead once its heartbeat is ten seconds old. */
  private static final Duration OTHERS_DRAIN = Duration.ofSeconds(20);

  private final Home home;
  private final Consumer<String> log;
  private final FinishedInstances finished;
  private @Nullable CollectorThread own;

  private Collecting(Home home, Consumer<String> log, @Nullable CollectorThread own) {
    this.home = home;
    this.log = log;
    this.own = own;
    this.finished = new FinishedInstances(home);
  }

  /**
   * Starts to collect, unless somebody does.
   *
   * @param log takes one line for a person at a time
   */
  public static Collecting begin(Home home, Consumer<String> log) {
    return new Collecting(
        home,
        log,
        CollectorServer.openUnlessServed(home, log)
            .map(server -> CollectorThread.start(server, log))
            .orElse(null));
  }

  /**
   * As {@link CollectorServer#listen}; empty too when a collector that was there does the work, and
   * listens where it chose to.
   */
  public Optional<String> listen(int port) {
    return own == null ? Optional.empty() : own.server().listen(port);
  }

  /**
   * Waits until everything recorded by instances that are gone is in the memory.
   *
   * @return false when it took too long; nothing is lost then
   * @throws dev.engram.collector.store.StoreException when the store needs a person's help
   */
  public boolean drain() {
    close();
    Optional<CollectorServer> free = CollectorServer.openUnlessServed(home, log);
    if (free.isEmpty()) {
      return finished.awaitAdoption(OTHERS_DRAIN);
    }
    try (CollectorServer server = free.get()) {
      server.runOnce();
      return true;
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.end();
      own = null;
    }
  }
}
