package dev.engram.benchmarks.process;

import dev.engram.collector.server.CollectorServer;
import dev.engram.collector.server.Home;
import java.nio.file.Path;
import java.util.Set;

/**
 * What {@code engram collect --once} does, in a JVM of its own, with the time it took without the
 * start of that JVM: prints nanoseconds.
 */
public final class DrainOnce {
  private DrainOnce() {}

  /**
   * @param arguments the memory home
   */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    try (CollectorServer server =
        CollectorServer.open(new Home(Path.of(arguments[0])), Set.of(), System.err::println)) {
      server.runOnce();
    }
    System.out.println("drained in " + (System.nanoTime() - start));
  }
}
