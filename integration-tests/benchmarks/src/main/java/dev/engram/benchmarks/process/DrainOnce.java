package dev.engram.benchmarks.process;

import dev.engram.collector.server.CollectorServer;
import dev.engram.collector.server.Home;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What {@code engram collect --once} does, in a JVM of its own, with the time it took without the
 * start of that JVM: prints nanoseconds, first when the instance had ended in the store, which is
 * after the last of its records was committed, and then when the words were indexed, too.
 */
public final class DrainOnce {
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(10);

  private DrainOnce() {}

  /**
   * @param arguments the memory home
   */
  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    long start = System.nanoTime();
    CompletableFuture<Long> ended = CompletableFuture.supplyAsync(() -> ended(home));
    try (CollectorServer server =
        CollectorServer.open(new Home(home), Set.of(), System.err::println)) {
      server.runOnce();
    }
    long end = System.nanoTime();
    System.out.println("stored in " + (ended.join() - start));
    System.out.println("drained in " + (end - start));
  }

  /** Waits until no instance is left that has not ended; returns when that was. */
  private static long ended(Path home) {
    try (Stored stored = Stored.await(home);
        PreparedStatement instances =
            stored.prepare("SELECT count(*) > 0 AND min(ended) > 0 FROM instance")) {
      while (!isTrue(instances)) {
        LockSupport.parkNanos(LOOK_EVERY);
      }
      return System.nanoTime();
    } catch (Exception failure) {
      throw new IllegalStateException("the store in " + home + " cannot be read", failure);
    }
  }

  private static boolean isTrue(PreparedStatement question) throws SQLException {
    try (ResultSet row = question.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }
}
