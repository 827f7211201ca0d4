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
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.WriteResult;
import dev.engram.collector.store.sqlite.WriteSession.Work;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The writing side. */
final class SqliteWriter implements StoreWriter {
  /** Writing them elsewhere in the file takes about ten milliseconds. */
  private static final int PAGES_GIVEN_BACK = 64;

  private final DatabaseFile file;
  private final WriteSessions sessions;
  private final Forgetting forgetting;
  private boolean wordsMayBeUnused;

  SqliteWriter(DatabaseFile file) {
    this.file = file;
    sessions = new WriteSessions(file);
    forgetting = new Forgetting(sessions);
  }

  @Override
  public void putInstance(Instance instance) {
    sessions.inTransaction(
        session -> {
          session.instances.put(instance);
          return instance;
        });
  }

  @Override
  public Optional<Checkpoint> checkpoint(InstanceId instance) {
    return sessions.inTransaction(
        session -> session.instances.find(instance).flatMap(Instances.Known::checkpoint));
  }

  @Override
  public WriteResult write(Batch batch) {
    WriteResult result = sessions.inTransaction(session -> write(session, batch));
    sessions.syncWhenLong();
    return result;
  }

  @Override
  public void putCounters(InstanceId instance, ProducerCounts counts, Period sinceLast) {
    sessions.inTransaction(
        session -> {
          long key = session.instances.known(instance).key();
          session.books.replaceProducer(key, counts);
          session.losses.note(key, sinceLast);
          return counts;
        });
  }

  @Override
  public long closeInstance(InstanceId instance, long endedEpochNanos) {
    return sessions.inTransaction(
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
    sessions.sync();
  }

  /** Indexes the words of some of the rows that have none in the index yet. */
  @Override
  public boolean catchUp() {
    return catchUp(WriteSession::isIndexBehind, it -> it.index.step(it.sequence.next()));
  }

  /** Blocks with a damaged row come last: when all others are made, it is said. */
  @Override
  public boolean sumUp() {
    boolean more = catchUp(WriteSession::areSumsBehind, WriteSession::sumUp);
    if (!more) {
      sessions
          .guarded(session -> session.sums.damage())
          .ifPresent(
              damage -> {
                throw Failures.of(damage, file.path());
              });
    }
    return more;
  }

  private boolean catchUp(Work<Boolean> isBehind, Work<Boolean> step) {
    if (!sessions.guarded(isBehind)) {
      return false;
    }
    boolean more = sessions.inTransaction(step);
    sessions.syncWhenLong();
    return more;
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
        sessions.inTransaction(
            session -> {
              Removal rows = step.on(session);
              Set<Long> touched = session.old.takeTouched();
              if (!touched.isEmpty()) {
                session.sums.lost(touched);
              }
              wordsMayBeUnused |= rows.count() > 0;
              if (rows.count() == 0 && !rows.more() && wordsMayBeUnused) {
                wordsMayBeUnused = session.sweep();
              }
              return new Removal(rows.rows(), rows.more() || wordsMayBeUnused);
            });
    boolean room = sessions.guarded(session -> session.giveBack(PAGES_GIVEN_BACK));
    sessions.syncWhenLong();
    return new Removal(removed.rows(), removed.more() || room);
  }

  @Override
  public Removal forget(Subject subject, boolean really) {
    return forgetting.forget(subject, really);
  }

  @Override
  public void compact() {
    sync();
    sessions.giveUp();
    try {
      Rewriting.of(file);
    } catch (SQLException failure) {
      throw Failures.of(failure, file.path());
    }
  }

  /** Opens the connection, so that what is wrong with the file is known. */
  void open() {
    sessions.guarded(session -> session);
  }

  void close() {
    sessions.close();
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
}
