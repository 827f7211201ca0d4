package dev.engram.collector.query;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The requests that the newest exceptions of a group hit, and what they have in common.
 *
 * @param all newest first, each once
 * @param users how many people made them, as far as they are known
 * @param routes how many of them have which name, most first
 * @param typical of those with the first of these names the one that took the median time
 * @param statement the execution of SQL in it that took longest
 * @param models its calls of models, by start
 */
public record HitRequests(
    List<StoredSpan> all,
    long users,
    Map<String, Long> routes,
    Optional<StoredSpan> typical,
    Optional<StoredSpan> statement,
    List<StoredSpan> models) {
  /** Those of these traces. */
  static HitRequests of(Collection<TraceId> traces, StoreReader reader) {
    List<StoredSpan> all = new ArrayList<>();
    for (TraceId trace : traces) {
      reader.trace(trace).stream()
          .filter(span -> span.row().kind().equals(Queries.SERVER))
          .findFirst()
          .ifPresent(all::add);
    }
    Map<String, Long> routes = routes(all);
    Optional<StoredSpan> typical = routes.keySet().stream().findFirst().map(it -> median(it, all));
    List<StoredSpan> within =
        typical.map(span -> reader.trace(span.row().traceId())).orElse(List.of());
    return new HitRequests(
        List.copyOf(all),
        users(all),
        routes,
        typical,
        within.stream()
            .filter(span -> span.row().isExecution())
            .max(comparingLong(span -> span.row().durationNanos())),
        within.stream().filter(span -> AiCall.isOne(span.row())).toList());
  }

  private static long users(List<StoredSpan> all) {
    return all.stream()
        .map(span -> span.row().attributes().get("user.id"))
        .filter(Objects::nonNull)
        .distinct()
        .count();
  }

  private static Map<String, Long> routes(List<StoredSpan> all) {
    Map<String, Long> counts =
        all.stream()
            .map(span -> span.row().name())
            .collect(
                Collectors.groupingBy(
                    Function.identity(), LinkedHashMap::new, Collectors.counting()));
    Map<String, Long> routes = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(route -> routes.put(route.getKey(), route.getValue()));
    return routes;
  }

  private static StoredSpan median(String route, List<StoredSpan> all) {
    List<StoredSpan> ofRoute =
        all.stream()
            .filter(span -> span.row().name().equals(route))
            .sorted(comparingLong(span -> span.row().durationNanos()))
            .toList();
    return ofRoute.get(ofRoute.size() / 2);
  }
}
