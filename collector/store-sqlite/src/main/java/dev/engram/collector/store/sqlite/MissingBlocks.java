package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/** Finds blocks that have rows and no sums. Confined to the writer. */
final class MissingBlocks {
  /** No block. */
  static final long NONE = -1;

  private static final String OF_LEVEL =
      "SELECT block FROM block_sum WHERE level = 0 AND kind = 0 AND block >= ? AND block < ?"
          + " ORDER BY block DESC";

  private static final String WITHOUT_WHOLE =
      "SELECT s.block >> "
          + Arrivals.FAN_BITS
          + " FROM block_sum s WHERE s.level = 0 AND s.kind = 0 AND s.block < ? AND NOT EXISTS"
          + " (SELECT 1 FROM block_sum w WHERE w.level = 1 AND w.kind = 0 AND w.block = s.block >> "
          + Arrivals.FAN_BITS
          + ") ORDER BY s.block DESC";

  private static final String LAST_ROW =
      "SELECT max(ifnull((SELECT max(arrival) FROM span WHERE arrival < ?1), -1),"
          + " ifnull((SELECT max(arrival) FROM exception WHERE arrival < ?1), -1))";

  private final PreparedStatement blocks;
  private final PreparedStatement withoutWhole;
  private final PreparedStatement lastRow;

  MissingBlocks(Connection connection) throws SQLException {
    blocks = connection.prepareStatement(OF_LEVEL);
    withoutWhole = connection.prepareStatement(WITHOUT_WHOLE);
    lastRow = connection.prepareStatement(LAST_ROW);
  }

  /** The latest block of level 1 before this one of level 0 whose blocks all have sums. */
  long latestWhole(long end) throws SQLException {
    withoutWhole.setLong(1, end >> Arrivals.FAN_BITS << Arrivals.FAN_BITS);
    try (ResultSet row = withoutWhole.executeQuery()) {
      long looked = NONE;
      while (row.next()) {
        long whole = row.getLong(1);
        if (whole != looked && isComplete(whole, end)) {
          return whole;
        }
        looked = whole;
      }
      return NONE;
    }
  }

  /** Whether this block of level 1 ends before that of level 0, and no sums of its blocks miss. */
  boolean isComplete(long whole, long end) throws SQLException {
    long from = whole << Arrivals.FAN_BITS;
    long until = from + Arrivals.FAN;
    return until <= end && latest(from, until, Set.of()) == NONE;
  }

  /**
   * The latest of these of level 0.
   *
   * @param until exclusive
   * @param except blocks that are left out
   */
  long latest(long from, long until, Set<Long> except) throws SQLException {
    blocks.setLong(1, from);
    blocks.setLong(2, until);
    try (ResultSet row = blocks.executeQuery()) {
      long missing = NONE;
      long at = until;
      while (missing == NONE && at > from) {
        long summed = row.next() ? row.getLong(1) : from - 1;
        missing = latestWithRows(summed + 1, at, except);
        at = summed;
      }
      return missing;
    }
  }

  private long latestWithRows(long from, long until, Set<Long> except) throws SQLException {
    long block = until;
    do {
      block = block > from ? lastRowBefore(block << Arrivals.BLOCK_BITS) : NONE;
    } while (block >= from && except.contains(block));
    return block >= from ? block : NONE;
  }

  /** The block of that row. */
  private long lastRowBefore(long arrival) throws SQLException {
    lastRow.setLong(1, arrival);
    try (ResultSet row = lastRow.executeQuery()) {
      row.next();
      return row.getLong(1) >> Arrivals.BLOCK_BITS;
    }
  }
}
