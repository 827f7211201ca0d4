package dev.engram.cli.render;

import java.util.List;

/** A row of counts as bars of a character each. */
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /** Zero is a dot, so that "none" and "few" differ. */
  static String of(List<Long> counts) {
    long max = counts.stream().mapToLong(Long::longValue).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (long count : counts) {
      int bar = max == 0 ? 0 : (int) Math.round((BARS.length() - 1) * (double) count / max);
      line.append(count == 0 ? '·' : BARS.charAt(bar));
    }
    return line.toString();
  }
}
