package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.WriteResult;
import dev.engram.collector.store.sqlite.WriteSession.Work;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The writing side. Opens its connection on first use, and again after a failure. */
final class SqliteWriter implements StoreWriter {
  /**
   * A log of more bytes is copied: nothing is committed meanwhile, so that the copies must be
   * short, and a page that many transactions write is copied once for all of them.
   */
  private static final long SYNC_BYTES = 8L << 20;

  /** Writing them elsewhere in the file takes about ten milliseconds. */
  private static final int PAGES_GIVEN_BACK = 64;

  private final DatabaseFile file;
  private boolean wordsMayBeUnused;
  private @Nullable WriteSession session;
  private @Nullable Object identity;
  private boolean closed;

  SqliteWriter(DatabaseFile file) {
    this.file = file;
  }

  @Override
  public void putInstance(Instance instance) {
    inTransaction(
        session -> {
          session.instances.put(instance);
          return instance;
        });
  }

  @Override
  public Optional<Checkpoint> checkpoint(InstanceId instance) {
    return inTransaction(
        session -> session.instances.find(instance).flatMap(Instances.Known::checkpoint));
  }

  @Override
  public WriteResult write(Batch batch) {
    WriteResult result = inTransaction(session -> write(session, batch));
    syncWhenLong();
    return result;
  }

  @Override
  public void putCounters(InstanceId instance, ProducerCounts counts, Period sinceLast) {
    inTransaction(
        session -> {
          long key = session.instances.known(instance).key();
          session.books.replaceProducer(key, counts);
          session.losses.note(key, sinceLast);
          return counts;
        });
  }

  @Override
  public long closeInstance(InstanceId instance, long endedEpochNanos) {
    return inTransaction(
        session -> {
          long key = session.instances.known(instance).key();
          long arrival = session.sequence.next();
          long interrupted = session.join.interruptAll(arrival, key);
          session.sequence.moveTo(arrival + interrupted);
          session.books.interrupt(key, interrupted);
          if (interrupted > 0) {
            session.old.forget();
          }
          session.instances.end(key, endedEpochNanos);
          return interrupted;
        });
  }

  /** Every commit is durable already (synchronous=FULL); this moves the log into the database. */
  @Override
  public void sync() {
    guarded(
        session -> {
          session.checkpoint();
          return session;
        });
  }

  /** Indexes the words of some of the rows that have none in the index yet. */
  @Override
  public boolean catchUp() {
    return catchUp(WriteSession::isIndexBehind, it -> it.index.step(it.sequence.next()));
  }

  @Override
  public boolean sumUp() {
    return catchUp(WriteSession::areSumsBehind, WriteSession::sumUp);
  }

  private boolean catchUp(Work<Boolean> isBehind, Work<Boolean> step) {
    if (!guarded(isBehind)) {
      return false;
    }
    boolean more = inTransaction(step);
    syncWhenLong();
    return more;
  }

  private void syncWhenLong() {
    if (file.logSize() > SYNC_BYTES) {
      sync();
    }
  }

  @Override
  public Removal removeOlder(Cutoff before) {
    return remove(session -> session.old.step(before, Removed.AGE));
  }

  @Override
  public Removal removeOldest(long nowEpochNanos, long mostBytes) {
    return remove(
        session -> {
          Optional<Cutoff> before =
              DiskUse.bytes(session.connection) <= mostBytes
                  ? Optional.empty()
                  : session.old.slice(nowEpochNanos);
          return before.isEmpty()
              ? Removal.NOTHING
              : new Removal(session.old.step(before.get(), Removed.SIZE).rows(), true);
        });
  }

  /**
   * A step takes rows out; when there are none left, words that nothing refers to any more. Each
   * gives some room back.
   */
  private Removal remove(Work<Removal> step) {
    Removal removed =
        inTransaction(
            session -> {
              Removal rows = step.on(session);
              if (rows.count() > 0) {
                session.sums.lost(session.old.touched());
              }
              wordsMayBeUnused |= rows.count() > 0;
              if (rows.count() == 0 && !rows.more() && wordsMayBeUnused) {
                wordsMayBeUnused = session.sweep();
              }
              return new Removal(rows.rows(), rows.more() || wordsMayBeUnused);
            });
    boolean room = guarded(session -> session.giveBack(PAGES_GIVEN_BACK));
    syncWhenLong();
    return new Removal(removed.rows(), removed.more() || room);
  }

  @Override
  public Removal forget(Subject subject, boolean really) {
    return subject instanceof Subject.Before before
        ? forgetBefore(before.epochNanos(), really)
        : forgetWhole(subject, really);
  }

  @Override
  public void compact() {
    sync();
    giveUp();
    try {
      Rewriting.of(file);
    } catch (SQLException failure) {
      throw Failures.of(failure, file.path());
    }
  }

  /** Opens the connection, so that what is wrong with the file is known. */
  void open() {
    guarded(session -> session);
  }

  void close() {
    closed = true;
    giveUp();
  }

  private Removal forgetBefore(long epochNanos, boolean really) {
    ForgetBefore forget = guarded(session -> new ForgetBefore(epochNanos, session.connection));
    if (!really) {
      return guarded(session -> forget.count());
    }
    Removal removed = Removal.NOTHING;
    Removal step;
    try {
      do {
        step = forgetting(session -> forget.step());
        removed = removed.then(step);
        syncWhenLong();
      } while (step.more());
      sweepWords();
      return removed;
    } catch (StoreException failure) {
      throw removed.butThen(failure);
    }
  }

  private Removal forgetWhole(Subject subject, boolean really) {
    Subjects found = guarded(session -> new Subjects(subject, session.connection));
    Forget forget = guarded(session -> new Forget(subject, session.connection));
    List<Work<?>> steps = forget.steps(found);
    if (really) {
      steps.forEach(this::forgetting);
      sweepWords();
    } else {
      guarded(session -> session.tried(steps));
    }
    return new Removal(forget.counts(), false);
  }

  private <T> T forgetting(Work<T> step) {
    return inTransaction(
        session -> {
          session.sums.forget();
          return step.on(session);
        });
  }

  private void sweepWords() {
    while (inTransaction(WriteSession::sweep)) {
      // Each turn is a transaction of its own.
    }
  }

  private static WriteResult write(WriteSession session, Batch batch) throws SQLException {
    Instances.Known instance = session.instances.known(batch.instance());
    Checkpoint standing = instance.checkpoint().orElse(Checkpoint.START);
    if (!batch.checkpoint().isAheadOf(standing)) {
      return new WriteResult(0, 0, batch.rows().size(), 0, 0);
    }
    List<Row> fresh = after(standing.position(), batch.rows());
    long replayed = batch.rows().size() - fresh.size();
    WriteResult result = session.rows.insert(instance.key(), session.sequence.next(), fresh);
    session.sequence.moveTo(session.rows.nextArrival());
    session.old.arrived(fresh);
    session.books.add(instance.key(), batch, result, replayed);
    return new WriteResult(
        result.stored(),
        result.joined(),
        result.duplicate() + replayed,
        result.rejected(),
        result.pending());
  }

  private static List<Row> after(long position, List<Row> rows) {
    int first = 0;
    while (first < rows.size() && rows.get(first).position() <= position) {
      first++;
    }
    return rows.subList(first, rows.size());
  }

  private <T> T inTransaction(Work<T> work) {
    return guarded(
        session -> {
          session.begin();
          T result = work.on(session);
          session.commit();
          return result;
        });
  }

  private <T> T guarded(Work<T> work) {
    if (closed) {
      throw Failures.closed(file.path());
    }
    try {
      return work.on(opened());
    } catch (SQLException failure) {
      giveUp();
      throw Failures.of(failure, file.path());
    } catch (StoreException failure) {
      throw failure;
    } catch (RuntimeException | Error failure) {
      giveUp();
      throw failure;
    }
  }

  private WriteSession opened() throws SQLException {
    requireSameFile();
    WriteSession open = session;
    if (open == null) {
      open = new WriteSession(file.openForWriting());
      session = open;
      identity = file.identity();
    }
    return open;
  }

  /**
   * What is written to a removed file is lost, and a new one knows nothing of what the callers
   * already took for stored.
   */
  private void requireSameFile() {
    if (identity != null && !identity.equals(file.identity())) {
      giveUp();
      throw Failures.removed(file.path());
    }
  }

  /** Closing rolls back what was not committed. */
  private void giveUp() {
    WriteSession open = session;
    session = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException ignored) {
        // The failure that led here is the one to report.
      }
    }
  }
}
