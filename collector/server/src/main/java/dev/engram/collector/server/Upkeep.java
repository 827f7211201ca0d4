package dev.engram.collector.server;

import dev.engram.collector.intake.Collector;
import dev.engram.collector.query.InstanceAccounting;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Retention;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.Subject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes things out of the memory of a home by hand, whether a collector serves it or not: then its
 * records wait in their queues for moments. For one thread.
 */
public final class Upkeep {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 50;

  /**
   * What was forgotten.
   *
   * @param whole whether also what waited in queues when it began; otherwise it is to be asked for
   *     again
   */
  public record Forgotten(Removal removal, boolean whole) {}

  private final Home home;
  private final Consumer<String> log;

  /**
   * Of this home.
   *
   * @param log takes one line for a person at a time
   */
  public Upkeep(Home home, Consumer<String> log) {
    this.home = home;
    this.log = log;
  }

  /**
   * Takes out what is more than this, and gives its room back.
   *
   * @throws dev.engram.collector.store.StoreException when the store cannot do that
   */
  public Removal retain(Retention retention) {
    try (Store store = sound()) {
      Removal removal = Collector.keepNoMore(retention, store, Clock.systemUTC(), log);
      store.writer().sync();
      return removal;
    }
  }

  /**
   * How many rows of each kind would go for their age; what would go for want of room is not told.
   */
  public Map<String, Long> older(Retention retention) {
    try (Store store = StoreFile.openReadOnly(home)) {
      return Collector.older(retention, store, Clock.systemUTC());
    }
  }

  /**
   * Takes out what concerns this, and writes the store anew, so that its files do not have it
   * either. What services have recorded of it and no collector has stored yet is stored first.
   *
   * @param really false to find out what would go of what is stored; then nothing is changed
   * @throws dev.engram.collector.store.StoreException when the store cannot do that
   */
  public Forgotten forget(Subject subject, boolean really) {
    if (!really) {
      try (Store store = sound()) {
        return new Forgotten(store.writer().forget(subject, false), true);
      }
    }
    boolean whole = drain();
    try (Store store = sound()) {
      Removal removal = store.writer().forget(subject, true);
      compact(store, removal);
      new RecallFiles(home, store.reader(), () -> 1, () -> 1, Clock.systemUTC(), log).renew();
      return new Forgotten(removal, whole);
    }
  }

  private static void compact(Store store, Removal forgotten) {
    try {
      store.writer().compact();
    } catch (StoreException failure) {
      throw forgotten.butThen(failure);
    }
  }

  /** A store that this version can use as it is: a collector of another one may be at it. */
  private Store sound() {
    StoreFile.check(home);
    Store store = StoreFile.open(home.prepare());
    if (store.check() instanceof Health.Failed failed) {
      store.close();
      throw failed.cause();
    }
    return store;
  }

  /** Stores what waits now; false when the collector that serves the home takes too long. */
  private boolean drain() {
    Optional<CollectorServer> free = CollectorServer.openUnlessServed(home, log);
    if (free.isPresent()) {
      try (CollectorServer server = free.get()) {
        server.runOnce();
        return true;
      }
    }
    Map<InstanceId, Long> written = new HashMap<>();
    books().forEach((id, books) -> written.put(id, books.producer().written()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isTaken(written)) {
      if (System.nanoTime() > deadline || !Pause.of(LOOK_MILLIS)) {
        return false;
      }
    }
    return true;
  }

  private boolean isTaken(Map<InstanceId, Long> written) {
    Map<InstanceId, Accounting> books = books();
    return written.entrySet().stream()
        .allMatch(it -> taken(books.get(it.getKey())) >= it.getValue());
  }

  private static long taken(@Nullable Accounting books) {
    return books == null
        ? 0
        : books.read() + books.dropped().values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<InstanceId, Accounting> books() {
    try (Memory memory = Memory.open(home)) {
      Map<InstanceId, Accounting> books = new HashMap<>();
      for (InstanceAccounting instance : memory.queries().accounting().instances()) {
        books.put(instance.id(), instance.accounting());
      }
      return books;
    }
  }
}
