package dev.engram.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Whether the agent of a measured process does its work: a figure without it means nothing. */
final class Remembered {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private Remembered() {}

  /** Waits until an instance has its folder in the home. */
  static void awaitInstance(Path home) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasInstance(home.resolve("instances"))) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the agent remembers nothing in " + home);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private static boolean hasInstance(Path instances) throws IOException {
    if (!Files.isDirectory(instances)) {
      return false;
    }
    try (Stream<Path> folders = Files.list(instances)) {
      return folders.anyMatch(folder -> !folder.getFileName().toString().startsWith("."));
    }
  }
}
