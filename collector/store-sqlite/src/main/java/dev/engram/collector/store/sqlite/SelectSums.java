package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.sqlite.BlocksOfTime.Block;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a time summed up: what lies in it as a whole by the sums of its blocks, what lies across
 * its ends or has no sums yet by reading the rows.
 */
final class SelectSums {
  private SelectSums() {}

  /**
   * Those of a time, by service.
   *
   * @param sinceEpochNanos inclusive; 0 for no begin
   * @param untilEpochNanos exclusive; 0 for no end
   * @param services the words of those that are asked for, by instance
   * @return empty when sums say too little of them: then they are to be read
   */
  static Optional<Sums> of(
      SumKind kind,
      long sinceEpochNanos,
      long untilEpochNanos,
      Map<Long, Long> services,
      ReadConnection connection)
      throws SQLException {
    if (untilEpochNanos == Long.MIN_VALUE) {
      // Nothing is earlier, and the time before it would be the latest of all.
      return Optional.of(Sums.byService(kind, services));
    }
    long since = sinceEpochNanos == 0 ? Long.MIN_VALUE : sinceEpochNanos;
    long last = untilEpochNanos == 0 ? Long.MAX_VALUE : untilEpochNanos - 1;
    BlocksOfTime blocks = BlocksOfTime.of(kind, since, last, connection);
    if (!blocks.helps()) {
      return Optional.empty();
    }
    Sums sums = ofWhole(kind, services, blocks);
    Map<SumKind, Sums> byKind = new EnumMap<>(Map.of(kind, sums));
    SumRows rows = new SumRows(connection);
    for (Arrivals range : blocks.read()) {
      rows.add(range, since, last, byKind);
    }
    return Optional.of(sums);
  }

  private static Sums ofWhole(SumKind kind, Map<Long, Long> services, BlocksOfTime blocks)
      throws SQLException {
    Sums sums = Sums.byService(kind, services);
    try (PreparedStatement statement = blocks.prepareSums()) {
      for (Block block : blocks.whole()) {
        try {
          sums.add(blocks.sums(block, statement), block.first(), block.last());
        } catch (SQLException failure) {
          Failures.requireDamage(failure);
          blocks.readInstead(block);
          // A part of it may have been added.
          return ofWhole(kind, services, blocks);
        }
      }
    }
    return sums;
  }
}
