package dev.engram.collector.analysis;

import static java.util.Comparator.comparing;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums requests up by route. */
public final class Routes {
  private record Key(String service, String name) {}

  private static final class Draft {
    private final Durations durations = new Durations();
    private long count;
    private long failed;
  }

  private final Map<Key, Draft> drafts = new HashMap<>();

  private Routes() {}

  /**
   * The routes of these requests, that with the most total time first, then by service and name.
   *
   * @param requests of kind {@code SERVER}, without a limit
   */
  public static List<RouteSummary> find(StoreReader reader, SpanFilter requests) {
    Routes routes = new Routes();
    reader.visit(requests, routes::add);
    return routes.drafts.entrySet().stream()
        .map(draft -> summary(draft.getKey(), draft.getValue()))
        .sorted(
            comparing(RouteSummary::totalNanos)
                .reversed()
                .thenComparing(RouteSummary::service)
                .thenComparing(RouteSummary::name))
        .toList();
  }

  private void add(StoredSpan span) {
    Draft draft =
        drafts.computeIfAbsent(new Key(span.service(), span.row().name()), key -> new Draft());
    draft.count++;
    draft.failed += span.row().status().equals("error") ? 1 : 0;
    if (span.row().durationNanos() >= 0) {
      draft.durations.add(span.row().durationNanos());
    }
  }

  private static RouteSummary summary(Key key, Draft draft) {
    return new RouteSummary(
        key.service(),
        key.name(),
        new Proportion(draft.failed, draft.count),
        draft.durations.total(),
        draft.durations.percentile(50),
        draft.durations.percentile(95));
  }
}
