package dev.engram.integration.healing;

import dev.engram.integration.harness.Postgres;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL for the stages that are played: started with the first database, ended with the
 * last. Thread-safe.
 */
final class PlayedServer {
  private static final AtomicInteger ROLES = new AtomicInteger();

  private final Postgres server = new Postgres();
  private int open;

  /** The URL of a new database, with a new user in it that owns nothing. */
  synchronized String open() {
    open++;
    String user = "clerk" + ROLES.incrementAndGet();
    return server.newDatabaseOf(user) + "?user=" + user;
  }

  /** Of one that was opened. */
  synchronized void close() {
    open--;
    if (open == 0) {
      server.close();
    }
  }
}
