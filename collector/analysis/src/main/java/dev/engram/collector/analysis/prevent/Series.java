package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.MetricSummary;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one instance in the parts of a window, or of one host where it is the host's.
 *
 * @param key the same in all windows
 * @param parts null where nothing was measured; at least one is there
 */
record Series(List<Object> key, @Nullable MetricSummary[] parts) {
  /** An instance that is gone, or a pool that is closed, has no readings at the end. */
  boolean goesOn() {
    return parts[parts.length - 1] != null || parts[parts.length - 2] != null;
  }

  /** The last part that there is. */
  MetricSummary latest() {
    return from(0).reduce((earlier, later) -> later).orElseThrow();
  }

  /** The parts that there are, from this one on. */
  Stream<MetricSummary> from(int part) {
    return Stream.of(parts).skip(part).filter(Objects::nonNull);
  }

  /** Which parts there are, from this one on. */
  int[] present(int from) {
    return IntStream.range(from, parts.length).filter(part -> parts[part] != null).toArray();
  }

  /** The levels of these parts. */
  double[] levels(int[] present, ToDoubleFunction<MetricSummary> level) {
    return IntStream.of(present)
        .mapToDouble(part -> level.applyAsDouble(Objects.requireNonNull(parts[part])))
        .toArray();
  }

  boolean has(String attribute, String value) {
    return value.equals(latest().attributes().get(attribute));
  }
}
