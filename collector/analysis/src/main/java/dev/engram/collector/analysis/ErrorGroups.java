package dev.engram.collector.analysis;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.StoreReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups exceptions by fingerprint and says how each group developed. */
public final class ErrorGroups {
  /** Parts of a trend. */
  public static final int TREND_PARTS = 12;

  private ErrorGroups() {}

  /**
   * The groups the filter takes, most frequent first.
   *
   * @param nowEpochNanos where the trend ends when the filter has no end
   */
  public static List<ErrorGroup> find(
      StoreReader reader, ExceptionFilter filter, long nowEpochNanos) {
    List<ExceptionGroup> groups = reader.exceptionGroups(filter);
    if (groups.isEmpty()) {
      return List.of();
    }
    Map<Long, long[]> trends = trends(reader, filter, begin(filter, groups), nowEpochNanos);
    List<ErrorGroup> found = new ArrayList<>(groups.size());
    for (ExceptionGroup group : groups) {
      found.add(describe(group, trends.getOrDefault(group.fingerprint(), new long[TREND_PARTS])));
    }
    return found;
  }

  private static long begin(ExceptionFilter filter, List<ExceptionGroup> groups) {
    if (filter.sinceEpochNanos() > 0) {
      return filter.sinceEpochNanos();
    }
    return groups.stream().mapToLong(ExceptionGroup::firstSeenEpochNanos).min().orElse(0);
  }

  /** One grouped question a part: the store counts, no exception is read. */
  private static Map<Long, long[]> trends(
      StoreReader reader, ExceptionFilter filter, long begin, long nowEpochNanos) {
    long end = filter.untilEpochNanos() > 0 ? filter.untilEpochNanos() : nowEpochNanos + 1;
    long length = Math.max(1, (end - begin + TREND_PARTS - 1) / TREND_PARTS);
    Map<Long, long[]> trends = new HashMap<>();
    for (int part = 0; part < TREND_PARTS; part++) {
      long since = begin + part * length;
      for (ExceptionGroup group :
          reader.exceptionGroups(between(filter, since, Math.min(end, since + length)))) {
        trends.computeIfAbsent(group.fingerprint(), key -> new long[TREND_PARTS])[part] =
            group.count();
      }
    }
    return trends;
  }

  private static ExceptionFilter between(ExceptionFilter filter, long since, long until) {
    return new ExceptionFilter(since, until, filter.service(), 0, null, 0, filter.where());
  }

  private static ErrorGroup describe(ExceptionGroup group, long[] trend) {
    List<Long> parts = new ArrayList<>(trend.length);
    for (long count : trend) {
      parts.add(count);
    }
    return new ErrorGroup(
        ErrorLabel.of(group.fingerprint()),
        group.fingerprint(),
        group.type(),
        group.message(),
        group.count(),
        group.firstSeenEpochNanos(),
        group.lastSeenEpochNanos(),
        group.services(),
        List.copyOf(parts));
  }
}
