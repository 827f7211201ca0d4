package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.Remover;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes rows out, on a connection of its own: to look through a day may take minutes, and batches
 * are written meanwhile. Any thread may call; of all processes one at a time goes on.
 */
final class PostgresRemover implements Remover {
  /** So often others may be in the way of a step. */
  private static final int PATIENCE = 5;

  private static final String UNDEFINED_TABLE = "42P01";

  private final Connections connections;
  private final Readiness ready;
  private final Turns turns;
  private final Clock clock;

  PostgresRemover(Connections connections, Readiness ready, Clock clock) {
    this.connections = connections;
    this.ready = ready;
    turns = new Turns(ready);
    this.clock = clock;
  }

  /** Some of a day, or all of it, but not today. */
  @Override
  public Removal removeOlder(Cutoff before) {
    long today = Days.begin(today());
    Cutoff days =
        new Cutoff(
            Math.min(before.ordinary(), today),
            Math.min(before.lasting(), today),
            before.rollups());
    return removing(connection -> new RemoveOld(connection, turns).step(days, Removed.AGE));
  }

  /** Some of a day, or all of it, but not today. */
  @Override
  public Removal removeOldest(long nowEpochNanos, long mostBytes) {
    return removing(
        connection ->
            DiskUse.bytes(connection) <= mostBytes ? Removal.NOTHING : removeOldest(connection));
  }

  private Removal removeOldest(Connection connection) throws SQLException {
    RemoveOld old = new RemoveOld(connection, turns);
    Optional<Cutoff> before = old.slice(today());
    return before.isEmpty() ? Removal.NOTHING : old.step(before.get(), Removed.SIZE);
  }

  /** As {@link dev.engram.collector.store.StoreWriter#forget}. */
  Removal forget(Subject subject, boolean really) {
    Removal removed =
        subject instanceof Subject.Before before
            ? forgetBefore(before.epochNanos(), really)
            : patiently(() -> forgetAtOnce(subject, really));
    if (really) {
      sweepStacks(removed);
    }
    return removed;
  }

  private void sweepStacks(Removal removed) {
    try {
      patiently(
          () ->
              removing(
                  connection -> {
                    new SweepStacks(connection).all(turns);
                    return removed;
                  }));
    } catch (StoreException failure) {
      throw removed.butThen(failure);
    }
  }

  /** Each step is a transaction: of what could not be ended, some may have gone. */
  private Removal forgetBefore(long epochNanos, boolean really) {
    if (!really) {
      return inTransaction(connection -> new ForgetBefore(epochNanos, turns, connection).count());
    }
    Removal removed = Removal.NOTHING;
    int busy = 0;
    Removal step = new Removal(Map.of(), true);
    while (step.more()) {
      boolean byRows = busy > 0;
      try {
        step = removing(connection -> new ForgetBefore(epochNanos, turns, connection).step(byRows));
        removed = removed.then(step);
      } catch (StoreException failure) {
        busy++;
        if (failure.kind() != StoreException.Kind.OVERLOADED || busy > PATIENCE) {
          throw removed.butThen(failure);
        }
      }
    }
    return removed;
  }

  private static Removal patiently(Supplier<Removal> work) {
    int busy = 0;
    while (true) {
      try {
        return work.get();
      } catch (StoreException failure) {
        busy++;
        if (failure.kind() != StoreException.Kind.OVERLOADED || busy > PATIENCE) {
          throw failure;
        }
      }
    }
  }

  private Removal forgetAtOnce(Subject subject, boolean really) {
    return removing(
        connection -> {
          Map<String, Long> counts = new Forget(subject, really, connection).all(turns);
          if (really) {
            new RemoveRows(connection).note(Removed.FORGOTTEN, counts);
          } else {
            connection.rollback();
          }
          return new Removal(counts, false);
        });
  }

  /**
   * Rows that were taken out are written over, however long others are in the way; what the server
   * logs or backs up is its own.
   */
  void compact() {
    ready.require();
    connections.outsideTransaction(
        connection -> {
          Statements.execute(connection, "SET lock_timeout = 0");
          try {
            for (String table : DiskUse.byTable(connection).keySet()) {
              compact(table, connection);
            }
          } finally {
            Statements.execute(connection, "SET lock_timeout = " + Connections.LOCK_TIMEOUT);
          }
          return connection;
        });
  }

  /** What has gone meanwhile has nothing left. */
  private static void compact(String table, Connection connection) throws SQLException {
    try {
      Statements.execute(connection, "VACUUM " + table);
    } catch (SQLException failure) {
      if (!UNDEFINED_TABLE.equals(failure.getSQLState())) {
        throw failure;
      }
    }
  }

  private Removal removing(Connections.Work<Removal> work) {
    return inTransaction(
        connection -> {
          turns.removing(connection);
          return work.on(connection);
        });
  }

  /** After a failure nothing is taken for granted. */
  private Removal inTransaction(Connections.Work<Removal> work) {
    boolean done = false;
    try {
      ready.require();
      Removal removal =
          connections.inTransaction(
              connection -> {
                Connections.unhurried(connection);
                return work.on(connection);
              });
      done = true;
      return removal;
    } finally {
      if (!done) {
        ready.forget();
      }
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
