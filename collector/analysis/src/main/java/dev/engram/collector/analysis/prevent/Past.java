package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.MetricSummary;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was measured before a window. What has been as high and came down again goes up and down,
 * with the load of the day or by itself.
 *
 * @param windows the longest of those that are looked at, and the day before it
 */
record Past(List<Window> windows) {
  /** The parts of this series that were over when the window began, without its warm-up. */
  Stream<MetricSummary> before(Window window, Series series) {
    return windows.stream()
        .flatMap(
            earlier ->
                Stream.ofNullable(earlier.series().get(series.key()))
                    .flatMap(it -> it.from(earlier.firstWarm(it))))
        .filter(part -> part.lastEpochNanos() < window.sinceEpochNanos());
  }
}
