package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Remover;
import dev.engram.collector.store.Retention;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves everything the services of one memory home record into a store. One per home. {@link #run}
 * and {@link #runOnce} belong to one thread; {@link #stop} may be called from any.
 */
public final class Collector implements AutoCloseable {
  private static final long SCAN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long REMOVE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Somebody waits for the end of a single run: a store that is away this long stays away. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Consumer<String> log;
  private final CollectorLock lock;
  private final Committer committer;
  private final Summing summing;
  private final Intakes intakes;
  private final ToldIntake told;
  private final QuarantineReplay replay;
  private final IdlePace pace = new IdlePace();
  private final Store store;
  private final Clock clock;
  private Keeping keeping;
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;

  private Collector(
      Path home,
      Territory territory,
      Store store,
      Consumer<String> log,
      Clock clock,
      CollectorLock lock) {
    this.log = log;
    this.lock = lock;
    this.store = store;
    this.clock = clock;
    keeping = keeping(Retention.NONE);
    committer = new Committer(store.writer(), () -> stopping, log);
    summing = new Summing(store.writer(), log);
    intakes = new Intakes(home, territory, committer, store.reader(), clock, log);
    told = new ToldIntake(home, committer, store.reader(), log);
    replay = new QuarantineReplay(home, committer, store.reader(), log);
  }

  /**
   * Takes charge of a home, which is created where it is missing. The store stays the caller's to
   * close.
   *
   * @param lostHosts names of other hosts that are gone for good, whose instances are adopted too
   * @param log takes one line for a person at a time
   * @throws HomeInUseException when another collector serves this home
   */
  public static Collector open(Path home, Set<String> lostHosts, Store store, Consumer<String> log)
      throws IOException {
    Territory territory = new Territory(HostIdentity.current(), lostHosts);
    return open(home, territory, store, log, Clock.systemUTC());
  }

  static Collector open(
      Path home, Territory territory, Store store, Consumer<String> log, Clock clock)
      throws IOException {
    Path absolute = PrivateFiles.createFolders(home.toAbsolutePath().normalize());
    return new Collector(absolute, territory, store, log, clock, CollectorLock.take(absolute));
  }

  /**
   * Does something to a home that no collector serves meanwhile.
   *
   * @throws HomeInUseException when one serves it
   */
  public static <T> T unserved(Path home, Supplier<T> action) throws IOException {
    CollectorLock lock = CollectorLock.take(home.toAbsolutePath().normalize());
    try {
      return action.get();
    } finally {
      lock.close();
    }
  }

  /** From now on {@link #run} keeps no more than this. */
  public void keep(Retention retention) {
    keeping = keeping(retention);
  }

  private Keeping keeping(Retention retention) {
    Remover remover = store.remover().orElseGet(store::writer);
    Consumer<String> telling =
        line -> {
          if (!stopping) {
            log.accept(line);
          }
        };
    return new Keeping(retention, remover, store.reader(), clock, telling);
  }

  /**
   * Takes out of the store what is more than this, now, and returns what went.
   *
   * @throws StoreException when the store cannot do that
   */
  public static Removal keepNoMore(
      Retention retention, Store store, Clock clock, Consumer<String> log) {
    return new Keeping(retention, store.writer(), store.reader(), clock, log).all();
  }

  /** How many rows of each kind are older than that. */
  public static Map<String, Long> older(Retention retention, Store store, Clock clock) {
    return store.reader().older(retention.before(clock.instant()));
  }

  /**
   * Stores what is recorded until {@link #stop}.
   *
   * @throws StoreException when the store needs a person's help; nothing is lost
   */
  public void run() {
    thread = Thread.currentThread();
    if (store.remover().isEmpty()) {
      run(keeping::step);
    } else {
      try (KeepingThread beside = KeepingThread.start(keeping)) {
        run(beside::throwFailure);
      }
    }
  }

  /**
   * The same.
   *
   * @param keep is called again and again
   */
  private void run(Runnable keep) {
    Interval scan = new Interval(SCAN_NANOS);
    Interval count = new Interval(COUNT_NANOS);
    Interval remove = new Interval(REMOVE_NANOS);
    Interval catchUp = new Interval(CATCH_UP_NANOS);
    boolean behind = false;
    while (!stopping) {
      if (scan.isOver()) {
        intakes.scan();
        told.takeUnlessBusy();
      }
      long read = intakes.poll();
      if (count.isOver()) {
        intakes.count();
      }
      if (remove.isOver()) {
        intakes.removeStored();
      }
      if (read < BatchDraft.MAX_ROWS && (behind || catchUp.isOver())) {
        behind = catchUp() || summing.step();
      }
      keep.run();
      if (!behind) {
        pace.rest(read);
      }
    }
  }

  /** What the store put off waits while more records wait: they come first. */
  private boolean catchUp() {
    return committer.call(StoreWriter::catchUp);
  }

  /**
   * Stores everything there is now, adopts what is dead, and returns, also while running instances
   * record more. Waits for instances that have just died until their heartbeat is old.
   *
   * @throws StoreException when the store needs a person's help, or is away for long; nothing is
   *     lost
   */
  public void runOnce() {
    runOnce(PATIENCE);
  }

  void runOnce(Duration patience) {
    thread = Thread.currentThread();
    committer.giveUpAfter(patience);
    told.take();
    while (!stopping) {
      boolean leaving = intakes.scan();
      while (!stopping && intakes.poll() >= BatchDraft.MAX_ROWS) {}
      intakes.count();
      intakes.removeStored();
      if (!leaving) {
        break;
      }
      pace.rest(0);
    }
    while (!stopping && catchUp()) {}
  }

  /**
   * Stores what people told, and nothing else.
   *
   * @throws StoreException as {@link #runOnce}
   */
  public void takeTold() {
    committer.giveUpAfter(PATIENCE);
    told.take();
  }

  /**
   * Stores what is in quarantine, as far as this version and its store can.
   *
   * @throws IOException when it cannot be read, or may be somebody else's
   * @throws StoreException as {@link #runOnce}
   */
  public Replayed replay() throws IOException {
    committer.giveUpAfter(PATIENCE);
    return replay.all();
  }

  /**
   * Says in {@code collector.json}, which its owner alone may read, where this collector listens;
   * from any thread.
   *
   * @param token what callers must know
   */
  public void listens(String url, String token) throws IOException {
    lock.describe(Map.of("url", url, "token", token));
  }

  /**
   * How many batches brought decisions, nodes, or what became of them: while it stays the same,
   * there is nothing new to be learned of them. Any thread may ask.
   */
  public long learned() {
    return committer.learned();
  }

  /** The same of batches that brought attempts of remedies, or what people say of them. */
  public long attempted() {
    return committer.attempted();
  }

  /**
   * Rises with each batch that brings an error which this process has not met in that service, or
   * what people know of errors. Any thread may ask.
   */
  public long erred() {
    return committer.erred();
  }

  /** Whether what is recorded is stored, as far as is known. Any thread may ask. */
  public boolean isStoring() {
    return committer.isStoring();
  }

  /** Makes {@link #run} return soon; records that are not stored yet wait in their queues. */
  public void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    intakes.close();
    committer.close();
    try {
      lock.close();
    } catch (IOException e) {
      log.accept("cannot give up the collector's lock: " + e);
    }
  }
}
