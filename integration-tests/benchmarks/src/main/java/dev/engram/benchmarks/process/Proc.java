package dev.engram.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What Linux says of processes. Elsewhere nothing here can be measured. Stateless. */
final class Proc {
  /** Linux counts in hundredths of a second towards programs, whatever its own clock. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** Columns of {@code stat} after the program's name, which may hold blanks. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private Proc() {}

  static boolean isThere() {
    return Files.isReadable(Path.of("/proc/self/smaps_rollup"));
  }

  /** User and system time of all threads so far, those that ended included. */
  static Duration cpu(long pid) {
    return sum(String.valueOf(pid), USER, SYSTEM);
  }

  /** User and system time, from start to end, of all children of this JVM that have ended. */
  static Duration cpuOfEndedChildren() {
    return sum("self", CHILDREN_USER, CHILDREN_SYSTEM);
  }

  /**
   * What of a process is in memory.
   *
   * @param files those below it are counted as mapped
   */
  static MemoryUse memory(long pid, Path files) {
    try {
      return MemoryUse.parse(
          Files.readAllLines(Path.of("/proc/" + pid + "/smaps")), files.toString());
    } catch (IOException gone) {
      throw new UncheckedIOException("process " + pid + " cannot be looked at", gone);
    }
  }

  private static Duration sum(String process, int first, int second) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      List<String> columns =
          List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
      long ticks = Long.parseLong(columns.get(first)) + Long.parseLong(columns.get(second));
      return Duration.ofNanos(ticks * NANOS_PER_TICK);
    } catch (IOException gone) {
      throw new UncheckedIOException("process " + process + " cannot be looked at", gone);
    }
  }
}
