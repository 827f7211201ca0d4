package dev.engram.benchmarks.process;

import java.util.List;
import java.util.Locale;

/**
 * Memory of one process, in bytes.
 *
 * @param resident all of it that is in memory
 * @param anonymous what no file backs: heap, stacks, the JVM's own
 * @param mapped what is in memory of the files that were asked for
 */
record MemoryUse(long resident, long anonymous, long mapped) {
  /**
   * Sums up the lines of a {@code smaps} file.
   *
   * @param files the folder of the files to count as mapped
   */
  static MemoryUse parse(List<String> lines, String files) {
    long resident = 0;
    long anonymous = 0;
    long mapped = 0;
    boolean ours = false;
    for (String line : lines) {
      if (!Character.isUpperCase(line.charAt(0))) {
        ours = line.contains(files);
      } else if (line.startsWith("Rss:")) {
        resident += bytes(line);
        mapped += ours ? bytes(line) : 0;
      } else if (line.startsWith("Anonymous:")) {
        anonymous += bytes(line);
      }
    }
    return new MemoryUse(resident, anonymous, mapped);
  }

  private static long bytes(String line) {
    String number = line.substring(line.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    return Long.parseLong(number.replace("kb", "").strip()) << 10;
  }
}
