package dev.engram.collector.store;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Throwables of one type that the instances of one service constructed, in all or at one site.
 *
 * @param site null for all of the type
 * @param below how far the count may be too high, squared and summed over the periods; 0 where it
 *     is exact
 * @param above how far it may be too low, likewise
 * @param firstEpochNanos the beginning of the first period
 * @param lastEpochNanos the end of the last
 * @param instance the one that sent the row that arrived last
 * @param stackHash of that row: what {@link StoreReader#frames} takes, or 0
 */
public record ThrowSummary(
    String service,
    String type,
    @Nullable String site,
    long count,
    double below,
    double above,
    long firstEpochNanos,
    long lastEpochNanos,
    InstanceId instance,
    long stackHash) {
  /** By service, type and site; all of a type goes before its sites. */
  public static final Comparator<ThrowSummary> ORDER =
      Comparator.comparing(ThrowSummary::service)
          .thenComparing(ThrowSummary::type)
          .thenComparing(ThrowSummary::site, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** What summaries of one site share. */
  public List<String> key() {
    return site == null ? List.of(service, type) : List.of(service, type, site);
  }

  /** One row as a sum of its own. */
  public static ThrowSummary of(ThrowCountRow row, String service, InstanceId instance) {
    return new ThrowSummary(
        service,
        row.stack().type(),
        row.site(),
        row.count(),
        squared(row.count() - row.low()),
        squared(row.high() - row.count()),
        row.timeEpochNanos() - row.durationNanos(),
        row.timeEpochNanos(),
        instance,
        row.stack().stackHash());
  }

  /** Both together; the other one arrived later. */
  public ThrowSummary plus(ThrowSummary other) {
    return new ThrowSummary(
        service,
        type,
        site,
        count + other.count,
        below + other.below,
        above + other.above,
        Math.min(firstEpochNanos, other.firstEpochNanos),
        Math.max(lastEpochNanos, other.lastEpochNanos),
        other.instance,
        other.stackHash);
  }

  private static double squared(double distance) {
    return distance * distance;
  }
}
