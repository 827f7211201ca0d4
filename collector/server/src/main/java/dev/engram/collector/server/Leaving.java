package dev.engram.collector.server;

import dev.engram.collector.server.http.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Leaves what is told over HTTP in the folder that the collector takes it from. Thread-safe. */
record Leaving(Path home, Clock clock) {
  /** What is left there. */
  interface Left {
    Path in(Path home, long epochNanos) throws IOException;
  }

  /** It is on the disk when this returns. */
  void now(Left left) throws RefusedException {
    Instant now = clock.instant();
    try {
      left.in(home, TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    } catch (IllegalArgumentException tooLong) {
      throw new RefusedException(413, "this is too long to be remembered");
    } catch (IOException impossible) {
      throw new RefusedException(503, "the home cannot be written to (" + impossible + ")");
    }
  }
}
