package dev.engram.collector.server;

import dev.engram.collector.intake.Collector;
import dev.engram.collector.intake.HomeInUseException;
import dev.engram.collector.intake.Replayed;
import dev.engram.collector.server.http.ApiServer;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Retention;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The collector of a home with its store. {@link #run} and {@link #runOnce} belong to one thread,
 * {@link #listen} and {@link #close} to its owner's; {@link #stop} may be called from any.
 */
public final class CollectorServer implements AutoCloseable {
  private final Home home;
  private final Store store;
  private final Collector collector;
  private final RecallFiles recall;
  private final RemedyFile remedies;
  private final Consumer<String> log;
  private @Nullable ApiServer api;

  private CollectorServer(
      Home home,
      Store store,
      Collector collector,
      RecallFiles recall,
      RemedyFile remedies,
      Consumer<String> log) {
    this.home = home;
    this.store = store;
    this.collector = collector;
    this.recall = recall;
    this.remedies = remedies;
    this.log = log;
  }

  /**
   * Takes charge of a home. A database that is not in it may be away: {@link #run} waits for it.
   *
   * @param lostHosts names of other hosts that are gone for good, whose instances are adopted too
   * @param log takes one line for a person at a time
   * @throws HomeException when another collector serves this home, or it cannot be used
   * @throws StoreException when the database cannot be used, and nobody can wait for it
   */
  public static CollectorServer open(Home home, Set<String> lostHosts, Consumer<String> log) {
    try {
      CollectorServer server = take(home, lostHosts, log);
      server.failure().filter(failure -> !canWait(failure, home)).ifPresent(server::refuse);
      return server;
    } catch (HomeInUseException served) {
      throw new HomeException(String.valueOf(served.getMessage()), served);
    }
  }

  /** The same, but empty when another collector serves this home; the database must be there. */
  static Optional<CollectorServer> openUnlessServed(Home home, Consumer<String> log) {
    try {
      CollectorServer server = take(home, Set.of(), log);
      server.failure().ifPresent(server::refuse);
      return Optional.of(server);
    } catch (HomeInUseException served) {
      return Optional.empty();
    }
  }

  private static CollectorServer take(Home home, Set<String> lostHosts, Consumer<String> log)
      throws HomeInUseException {
    Retention retention = RetentionSettings.of(home.prepare(), System.getenv());
    Store store = StoreFile.open(home);
    try {
      Collector collector = Collector.open(home.folder(), lostHosts, store, log);
      collector.keep(retention);
      RecallFiles recall =
          new RecallFiles(
              home, store.reader(), collector::learned, collector::erred, Clock.systemUTC(), log);
      RemedyFile remedies =
          new RemedyFile(
              home,
              store.reader(),
              collector::attempted,
              collector::isStoring,
              Clock.systemUTC(),
              System::nanoTime,
              log);
      return new CollectorServer(home, store, collector, recall, remedies, log);
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

  /** Why the database cannot be used; it is opened only by the collector in charge. */
  private Optional<StoreException> failure() {
    return store.check() instanceof Health.Failed failed
        ? Optional.of(failed.cause())
        : Optional.empty();
  }

  private void refuse(StoreException failure) {
    close();
    throw failure;
  }

  private static boolean canWait(StoreException failure, Home home) {
    return failure.isRetryable() && StoreFile.isElsewhere(home);
  }

  /** Stores what is recorded, and lets services recall it and heal, until {@link #stop}. */
  public void run() {
    failure()
        .ifPresent(
            away ->
                log.accept(
                    "the store cannot be used now, records wait in their queues: "
                        + away.getMessage()));
    // What was learned while no collector ran is looked for first.
    recall.lookAnyway();
    try (RestingThread recalling =
            RestingThread.start("engram-recall", Duration.ofDays(1), recall::refresh);
        RestingThread healing =
            RestingThread.start("engram-remedies", RemedyFile.RENEWED_AFTER, remedies::refresh)) {
      collector.run();
    }
  }

  /**
   * Stores everything there is now, adopts what is dead, lets services recall it, and returns.
   *
   * @throws StoreException when the database cannot be used
   */
  public void runOnce() {
    failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    collector.runOnce();
    recall.refresh();
  }

  /**
   * Lets programs of this machine tell over HTTP until {@link #close}, where {@code collector.json}
   * says; it has the token too. That this is not possible costs one line, and nothing else.
   *
   * @param port 0 for any that is free
   * @return such as {@code http://127.0.0.1:4711}; empty when it was not possible
   */
  public Optional<String> listen(int port) {
    try {
      ApiServer started =
          ApiServer.start(port, ToldResources.of(home, store.reader(), Clock.systemUTC()), log);
      api = started;
      collector.listens(started.url(), started.token());
      return Optional.of(started.url());
    } catch (IOException | LinkageError impossible) {
      // A Java that was linked without jdk.httpserver collects all the same.
      closeApi();
      log.accept(
          "no HTTP on port " + port + " (" + impossible + "); choose --http-port, or --no-http");
      return Optional.empty();
    }
  }

  /** Stores what people told, and nothing else; services recall it when this returns. */
  void takeTold() {
    collector.takeTold();
    recall.refresh();
  }

  /** Stores what is in quarantine, as far as that is possible now. */
  Replayed replay() throws IOException {
    return collector.replay();
  }

  /** Makes {@link #run} return soon; what is not stored yet waits in the queues. */
  public void stop() {
    collector.stop();
  }

  @Override
  public void close() {
    closeApi();
    collector.close();
    store.close();
  }

  private void closeApi() {
    ApiServer open = api;
    api = null;
    if (open != null) {
      open.close();
    }
  }
}
