package dev.engram.integration.healing;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A rival who has what an attempt wants, so that the attempt waits where the database can be asked
 * about it. One that fails by its schedule is struck then; for one that does not the rival gives
 * way.
 */
final class RivalStage implements Stage {
  /** Statements of the service, each by a name of its own. */
  private static final String EXECUTED =
      "SELECT pid, pid || ' ' || query_start FROM pg_stat_activity WHERE state = 'active'"
          + " AND datname = current_database() AND usename <> 'postgres'";

  private static final String WAITING = EXECUTED + " AND wait_event_type = 'Lock'";

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final PlayedDatabase database;
  private final String route;
  private final String place;
  private final String hold;
  private final Strike strike;
  private final ExecutorService watching = Executors.newSingleThreadExecutor();
  private @Nullable Connection rival;
  private @Nullable Connection watch;
  private volatile boolean over = true;
  private volatile int seen;
  private @Nullable Future<?> watched;

  /** What becomes of an attempt that is to fail. */
  interface Strike {
    /**
     * @param rival holds what the attempt waits for
     * @param process that waits
     * @return whether the rival has to take it again
     */
    boolean hits(PlayedDatabase database, Statement rival, int process)
        throws SQLException, IOException;
  }

  /**
   * @param place as {@link Stage#place}
   * @param hold by which the rival has it
   */
  RivalStage(PlayedDatabase database, String route, String place, String hold, Strike strike) {
    this.database = database;
    this.route = route;
    this.place = place;
    this.hold = hold;
    this.strike = strike;
  }

  @Override
  public String event(int number, Episode episode) throws IOException {
    settle();
    String request = database.request(route);
    try {
      if (rival == null) {
        rival = database.session();
        rival.setAutoCommit(false);
        watch = database.session();
      }
      take();
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
    over = false;
    seen = 0;
    watched =
        watching.submit(
            () -> {
              watch(episode);
              return null;
            });
    return request;
  }

  @Override
  public String other() throws IOException {
    settle();
    return database.request(route);
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public int asked() {
    return -1;
  }

  /** Attempts of the event that was played last. */
  int attempts() throws IOException {
    settle();
    return seen;
  }

  @Override
  public void close() throws IOException {
    settle();
    watching.shutdownNow();
    try {
      if (rival != null) {
        rival.close();
        watch.close();
      }
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
    database.close();
  }

  /** The event's request has ended: nobody is watched any more, and nothing held. */
  private void settle() throws IOException {
    over = true;
    try {
      if (watched != null) {
        watched.get();
        watched = null;
        rival.rollback();
      }
    } catch (ExecutionException | SQLException failed) {
      throw new IOException(failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void take() throws SQLException {
    try (Statement statement = rival.createStatement()) {
      statement.execute(hold);
    }
  }

  /** Until the event is over, or an attempt comes that does not fail. */
  private void watch(Episode episode) throws SQLException, IOException {
    Set<String> known = new HashSet<>();
    long began = 0;
    while (!over) {
      Map.Entry<String, Integer> attempt = fresh(known);
      if (attempt == null) {
        LockSupport.parkNanos(PAUSE_NANOS);
        continue;
      }
      seen++;
      began = seen == 1 ? System.nanoTime() : began;
      if (!episode.fails(seen, Duration.ofNanos(System.nanoTime() - began))) {
        rival.rollback();
        return;
      }
      strike(attempt);
    }
  }

  /** One that waits and did not when it was last asked; null for none. */
  private Map.@Nullable Entry<String, Integer> fresh(Set<String> known) throws SQLException {
    for (Map.Entry<String, Integer> waiting : asked(WAITING).entrySet()) {
      if (known.add(waiting.getKey())) {
        return waiting;
      }
    }
    return null;
  }

  /** Statements, and the processes that execute them. */
  private Map<String, Integer> asked(String question) throws SQLException {
    Map<String, Integer> statements = new HashMap<>();
    try (Statement statement = watch.createStatement();
        ResultSet found = statement.executeQuery(question)) {
      while (found.next()) {
        statements.put(found.getString(2), found.getInt(1));
      }
    }
    return statements;
  }

  private void strike(Map.Entry<String, Integer> attempt) throws SQLException, IOException {
    boolean again;
    try (Statement statement = rival.createStatement()) {
      again = strike.hits(database, statement, attempt.getValue());
    }
    if (again) {
      rival.commit();
      // A rival who is back too soon is met by the same statement once more.
      while (asked(EXECUTED).containsKey(attempt.getKey()) && !over) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      take();
    }
  }
}
