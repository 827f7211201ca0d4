package dev.engram.benchmarks.report;

import dev.engram.benchmarks.measure.Rounds;
import java.util.Locale;

/** Numbers as the report prints them: three digits that count, and always a dot. */
final class Figures {
  /** Stands where nothing was measured. */
  static final String NONE = "not measured";

  private Figures() {}

  /** The median, and from where to where the rounds went. */
  static String spread(Rounds rounds) {
    if (rounds.isEmpty()) {
      return NONE;
    }
    String median = number(rounds.median());
    return rounds.count() == 1
        ? median
        : median + " (" + number(rounds.min()) + " to " + number(rounds.max()) + ")";
  }

  /** The same for what is added, with its sign. */
  static String added(Rounds rounds) {
    String spread = spread(rounds);
    return rounds.isEmpty() || rounds.median() < 0 ? spread : "+" + spread;
  }

  static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** A limit as it was set: no digits that nobody wrote. */
  static String limit(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.valueOf(value);
  }
}
