package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.MetricSummary;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one instance in the parts of a window.
 *
 * @param first of its parts
 * @param parts null where nothing was measured
 */
record Series(MetricSummary first, @Nullable MetricSummary[] parts) {
  /** An instance that is gone, or a pool that is closed, has no readings at the end. */
  boolean isAlive() {
    return parts[parts.length - 1] != null || parts[parts.length - 2] != null;
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
    return value.equals(first.attributes().get(attribute));
  }
}
