package dev.engram.collector.analysis;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import dev.engram.collector.store.ThrownStack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many throwables of each type and site left a trace in one service: exceptions that escaped,
 * were handled or logged, with their causes and suppressed ones. Of each error group the latest
 * stands for all, so that lines of one method may be taken for each other.
 */
final class SeenThrowables {
  private final Set<List<String>> sites = new HashSet<>();
  private final Map<List<String>, Long> counts = new HashMap<>();

  private SeenThrowables() {}

  /**
   * Reads them from when counting begins: exceptions are kept for longer than counts.
   *
   * @param counted the sites of this service that are told apart
   */
  static SeenThrowables of(
      StoreReader reader, ThrowFilter filter, String service, List<ThrowSummary> counted) {
    SeenThrowables seen = new SeenThrowables();
    counted.forEach(count -> seen.sites.add(count.key()));
    ThrowFilter counting = sinceFirst(filter, counted);
    for (ExceptionGroup group : reader.exceptionGroups(exceptions(counting, service, 0, 0))) {
      for (StoredException latest :
          reader.exceptions(exceptions(counting, service, group.fingerprint(), 1))) {
        seen.add(service, latest.row().stack(), group.count());
      }
    }
    return seen;
  }

  /** How many of this type were seen at this site; or at none that is known, where it has none. */
  long at(ThrowSummary count) {
    return counts.getOrDefault(count.key(), 0L);
  }

  private void add(String service, ThrownStack thrown, long count) {
    counts.merge(key(service, thrown), count, Long::sum);
    if (thrown.cause() != null) {
      add(service, thrown.cause(), count);
    }
    thrown.suppressed().forEach(suppressed -> add(service, suppressed, count));
  }

  /** A site is the frame of the application that is nearest to the throw. */
  private List<String> key(String service, ThrownStack thrown) {
    for (String frame : thrown.frames()) {
      List<String> atFrame = List.of(service, thrown.type(), frame);
      if (sites.contains(atFrame)) {
        return atFrame;
      }
    }
    return List.of(service, thrown.type());
  }

  private static ThrowFilter sinceFirst(ThrowFilter filter, List<ThrowSummary> counted) {
    long first = counted.stream().mapToLong(ThrowSummary::firstEpochNanos).min().orElse(0);
    return new ThrowFilter(
        Math.max(filter.sinceEpochNanos(), first), filter.untilEpochNanos(), filter.service());
  }

  private static ExceptionFilter exceptions(
      ThrowFilter filter, String service, long fingerprint, int limit) {
    return new ExceptionFilter(
        filter.sinceEpochNanos(), filter.untilEpochNanos(), service, fingerprint, null, limit);
  }
}
