package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.store.MetricSummary;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM can run out of. Its level in a part of a window is the lowest of its readings, the
 * floor that ups and downs stand on.
 */
enum Resource {
  /** Before the first collection a JVM says 0. */
  HEAP(
      Kind.HEAP_EXHAUSTION,
      null,
      "jvm.memory.used_after_last_gc",
      "jvm.memory.limit",
      0,
      "find what keeps the objects alive: compare two heap histograms (jcmd <pid>"
          + " GC.class_histogram) or take a heap dump; restart, or give more heap (-Xmx), to win"
          + " time"),
  FILE_DESCRIPTORS(
      Kind.FILE_DESCRIPTOR_EXHAUSTION,
      Kind.FILE_DESCRIPTOR_LEAK,
      "jvm.file_descriptor.count",
      "jvm.file_descriptor.limit",
      1_000,
      "find which files or sockets are opened and not closed (ls -l /proc/<pid>/fd); restart, or"
          + " raise the limit (ulimit -n), to win time"),
  /** No limit is known. */
  THREADS(
      null,
      Kind.THREAD_LEAK,
      "jvm.thread.count",
      null,
      300,
      "find what starts threads and does not end them: compare the names in two thread dumps (jcmd"
          + " <pid> Thread.print); executors must be shut down or shared"),
  /** Measured by what is left, so that it is full at 0. */
  DISK(
      Kind.DISK_EXHAUSTION,
      null,
      "system.filesystem.usage",
      null,
      0,
      "free space, or move the memory home (engram.home) to a larger disk; engram stops writing"
          + " before the disk is full");

  private final @Nullable Kind exhaustion;
  private final @Nullable Kind leak;
  private final String metric;
  private final @Nullable String limit;
  private final double leastGrowth;
  private final String action;

  Resource(
      @Nullable Kind exhaustion,
      @Nullable Kind leak,
      String metric,
      @Nullable String limit,
      double leastGrowth,
      String action) {
    this.exhaustion = exhaustion;
    this.leak = leak;
    this.metric = metric;
    this.limit = limit;
    this.leastGrowth = leastGrowth;
    this.action = action;
  }

  /** What it is when a limit is near; null for what has none. */
  @Nullable Kind exhaustion() {
    return exhaustion;
  }

  /** What it is when it grows without one; null for what is no leak then. */
  @Nullable Kind leak() {
    return leak;
  }

  String metric() {
    return metric;
  }

  /** The metric with its limit; null where there is none. */
  @Nullable String limit() {
    return limit;
  }

  /** By how much it must have grown to be a leak. */
  double leastGrowth() {
    return leastGrowth;
  }

  String action() {
    return action;
  }

  /** Whether it is measured by this series. */
  boolean isOf(Series series) {
    return this != DISK || series.has("system.filesystem.state", "free");
  }

  double level(MetricSummary part) {
    return this == DISK ? -part.max() : part.min();
  }

  /** The highest that it was, for which it did not fail. */
  double peak(MetricSummary part) {
    return this == DISK ? -part.min() : part.max();
  }

  /** Which of several it is. */
  String subject(MetricSummary metric) {
    return this == DISK
        ? String.valueOf(metric.attributes().get("system.filesystem.mountpoint"))
        : "";
  }
}
