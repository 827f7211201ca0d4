package dev.engram.integration.healing;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A database that gives no connections for a while, or has ended those that there were. Attempts of
 * a pool are not those of a request, so it lasts as {@link TimedStage#millis} says.
 */
final class OutageStage implements Stage {
  private static final String ROUTE = "/pieces";

  private final PlayedDatabase database;
  private final Outage begin;
  private final Outage end;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private @Nullable Future<?> ending;

  /** A change for the better or worse. */
  interface Outage {
    void happens(PlayedDatabase database) throws IOException;
  }

  OutageStage(PlayedDatabase database, Outage begin, Outage end) {
    this.database = database;
    this.begin = begin;
    this.end = end;
  }

  @Override
  public String event(int number, Episode episode) throws IOException {
    awaitEnd();
    String request = database.request(ROUTE);
    begin.happens(database);
    ending =
        later.schedule(
            () -> {
              end.happens(database);
              return null;
            },
            TimedStage.millis(episode),
            TimeUnit.MILLISECONDS);
    return request;
  }

  @Override
  public String other() throws IOException {
    awaitEnd();
    return database.request(ROUTE);
  }

  /** Of its connections, and of its queries. */
  @Override
  public String place() {
    return " " + database.address();
  }

  @Override
  public int asked() {
    return -1;
  }

  @Override
  public void close() throws IOException {
    awaitEnd();
    later.shutdownNow();
    database.close();
  }

  private void awaitEnd() throws IOException {
    try {
      if (ending != null) {
        ending.get();
        ending = null;
        database.awaitSession();
      }
    } catch (ExecutionException failed) {
      throw new IOException(failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
