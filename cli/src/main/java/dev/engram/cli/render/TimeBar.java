package dev.engram.cli.render;

/** Where a span lies within its trace, drawn to scale. */
final class TimeBar {
  private final long start;
  private final long length;
  private final int width;

  TimeBar(long startEpochNanos, long endEpochNanos, int width) {
    this.start = startEpochNanos;
    this.length = Math.max(1, endEpochNanos - startEpochNanos);
    this.width = width;
  }

  /** Every span is at least one cell wide; one without an end runs off as dots. */
  String of(long spanStartEpochNanos, long durationNanos) {
    int from = Math.min(width - 1, cell(spanStartEpochNanos));
    int to =
        durationNanos < 0
            ? width
            : Math.max(from + 1, Math.min(width, cell(spanStartEpochNanos + durationNanos)));
    String mark = durationNanos < 0 ? "·" : "█";
    return " ".repeat(from) + mark.repeat(to - from) + " ".repeat(width - to);
  }

  private int cell(long epochNanos) {
    double part = (double) (epochNanos - start) / length;
    return (int) Math.max(0, Math.min(width, Math.round(part * width)));
  }
}
