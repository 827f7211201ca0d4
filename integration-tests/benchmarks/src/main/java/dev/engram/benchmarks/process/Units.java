package dev.engram.benchmarks.process;

import java.time.Duration;

/** Values as the tables print them. Pure. */
final class Units {
  private Units() {}

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  static double millis(long nanos) {
    return nanos / 1e6;
  }

  static double micros(Duration duration) {
    return duration.toNanos() / 1e3;
  }

  static double micros(long nanos) {
    return nanos / 1e3;
  }

  static double mebibytes(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
