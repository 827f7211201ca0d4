package dev.engram.collector.analysis;

import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds what was thrown and caught without a trace: what was constructed less what was seen. */
public final class SwallowedExceptions {
  private static final double NANOS_PER_HOUR = 3.6e12;

  private final SeenThrowables seen;
  private final double hours;

  private SwallowedExceptions(SeenThrowables seen, double hours) {
    this.seen = seen;
    this.hours = hours;
  }

  /**
   * The sites, those in the application first, then by count.
   *
   * @param limit most sites; 0 for no limit
   */
  public static List<SwallowedThrows> find(StoreReader reader, ThrowFilter filter, int limit) {
    Map<String, List<ThrowSummary>> byService =
        reader.throwCounts(filter).stream().collect(Collectors.groupingBy(ThrowSummary::service));
    List<Found> found = new ArrayList<>();
    byService.forEach(
        (service, counted) ->
            found.addAll(
                new SwallowedExceptions(
                        SeenThrowables.of(reader, filter, service, counted), hours(counted))
                    .find(counted)));
    return found.stream()
        .sorted(Comparator.comparing(Found::swallowed, SwallowedThrows.ORDER))
        .limit(limit == 0 ? Long.MAX_VALUE : limit)
        .map(it -> it.swallowed().withFrames(frames(reader, it.summary())))
        .toList();
  }

  private List<Found> find(List<ThrowSummary> counted) {
    Map<String, List<ThrowSummary>> byType = new LinkedHashMap<>();
    for (ThrowSummary count : counted) {
      byType.computeIfAbsent(count.type(), type -> new ArrayList<>()).add(count);
    }
    List<Found> found = new ArrayList<>();
    byType.values().forEach(ofType -> ofType(ofType, found));
    found.removeIf(it -> it.swallowed().count() == 0);
    return found;
  }

  private record Found(ThrowSummary summary, SwallowedThrows swallowed) {}

  /** The count of the whole type goes first; what its sites leave of it has no site. */
  private void ofType(List<ThrowSummary> ofType, List<Found> found) {
    ThrowSummary whole = ofType.get(0).site() == null ? ofType.get(0) : null;
    long rest = whole == null ? 0 : whole.count();
    for (ThrowSummary count : ofType) {
      if (count.site() != null) {
        rest -= count.count();
        found.add(new Found(count, swallowed(count, count.count())));
      }
    }
    if (whole != null) {
      found.add(new Found(whole, swallowed(whole, rest)));
    }
  }

  private SwallowedThrows swallowed(ThrowSummary it, long constructed) {
    long elsewhere = seen.at(it);
    long count = Math.max(0, constructed - elsewhere);
    long low = Math.round(constructed - Math.sqrt(it.below())) - elsewhere;
    long high = Math.round(constructed + Math.sqrt(it.above())) - elsewhere;
    return new SwallowedThrows(
        it.service(),
        it.type(),
        it.site(),
        Math.max(0, constructed),
        count,
        Math.max(0, low),
        Math.max(count, high),
        count / hours,
        it.firstEpochNanos(),
        it.lastEpochNanos(),
        List.of());
  }

  private static List<String> frames(StoreReader reader, ThrowSummary it) {
    return it.stackHash() == 0
        ? List.of()
        : reader.frames(it.instance(), it.stackHash()).orElse(List.of());
  }

  private static double hours(List<ThrowSummary> counts) {
    long first = counts.stream().mapToLong(ThrowSummary::firstEpochNanos).min().orElse(0);
    long last = counts.stream().mapToLong(ThrowSummary::lastEpochNanos).max().orElse(0);
    return Math.max(1, (double) last - first) / NANOS_PER_HOUR;
  }
}
