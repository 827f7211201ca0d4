package dev.engram.collector.server;

import dev.engram.collector.intake.Collector;
import dev.engram.collector.intake.HomeInUseException;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Store;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The collector of a home with its store. {@link #run} and {@link #runOnce} belong to one thread;
 * {@link #stop} may be called from any.
 */
public final class CollectorServer implements AutoCloseable {
  private final Store store;
  private final Collector collector;

  private CollectorServer(Store store, Collector collector) {
    this.store = store;
    this.collector = collector;
  }

  /**
   * Takes charge of a home.
   *
   * @param lostHosts names of other hosts that are gone for good, whose instances are adopted too
   * @param log takes one line for a person at a time
   * @throws HomeException when another collector serves this home, or it cannot be used
   * @throws dev.engram.collector.store.StoreException when the database cannot be used
   */
  public static CollectorServer open(Home home, Set<String> lostHosts, Consumer<String> log) {
    try {
      return take(home, lostHosts, log);
    } catch (HomeInUseException served) {
      throw new HomeException(String.valueOf(served.getMessage()), served);
    }
  }

  /** The same, but empty when another collector serves this home. */
  static Optional<CollectorServer> openUnlessServed(Home home, Consumer<String> log) {
    try {
      return Optional.of(take(home, Set.of(), log));
    } catch (HomeInUseException served) {
      return Optional.empty();
    }
  }

  private static CollectorServer take(Home home, Set<String> lostHosts, Consumer<String> log)
      throws HomeInUseException {
    Store store = StoreFile.open(home.prepare());
    try {
      Collector collector = Collector.open(home.folder(), lostHosts, store, log);
      return checked(new CollectorServer(store, collector));
    } catch (HomeInUseException inUse) {
      store.close();
      throw inUse;
    } catch (IOException impossible) {
      store.close();
      throw new HomeException(
          "cannot take charge of " + home.folder() + " (" + impossible + "); choose another --home",
          impossible);
    }
  }

  /** The database is opened only by the collector in charge. */
  private static CollectorServer checked(CollectorServer server) {
    if (server.store.check() instanceof Health.Failed failed) {
      server.close();
      throw failed.cause();
    }
    return server;
  }

  /** Stores what is recorded until {@link #stop}. */
  public void run() {
    collector.run();
  }

  /** Stores everything there is now, adopts what is dead, and returns. */
  public void runOnce() {
    collector.runOnce();
  }

  /** Stores what people told, and nothing else. */
  void takeTold() {
    collector.takeTold();
  }

  /** Makes {@link #run} return soon; what is not stored yet waits in the queues. */
  public void stop() {
    collector.stop();
  }

  @Override
  public void close() {
    collector.close();
    store.close();
  }
}
