package dev.engram.collector.analysis;

import static java.util.Comparator.comparing;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.StoreReader;
import java.util.List;

/** Sums requests up by route. */
public final class Routes {
  private Routes() {}

  /**
   * The routes of these requests, that with the most total time first, then by service and name.
   *
   * @param requests of kind {@code SERVER}, without a limit
   */
  public static List<RouteSummary> find(StoreReader reader, SpanFilter requests) {
    return reader.sums(requests, SpanSum.By.REQUEST).stream()
        .map(Routes::summary)
        .sorted(
            comparing(RouteSummary::totalNanos)
                .reversed()
                .thenComparing(RouteSummary::service)
                .thenComparing(RouteSummary::name))
        .toList();
  }

  private static RouteSummary summary(SpanSum sum) {
    return new RouteSummary(
        sum.service(),
        sum.name(),
        new Proportion(sum.errors(), sum.count()),
        sum.durations().total(),
        sum.durations().percentile(50),
        sum.durations().percentile(95));
  }
}
