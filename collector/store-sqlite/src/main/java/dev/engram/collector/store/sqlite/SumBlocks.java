package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the rows of each block of arrivals came to, later than they are stored: one block
 * after the other, the latest that is missing first, each in some steps. One goes missing with any
 * of its rows; one without rows has none. Confined to the writer.
 */
final class SumBlocks {
  private static final String OF_LEVEL =
      "SELECT block FROM block_sum WHERE level = 0 AND kind = 0 AND block >= ? AND block < ?"
          + " ORDER BY block DESC";

  private static final String LAST_ROW =
      "SELECT max(ifnull((SELECT max(arrival) FROM span WHERE arrival < ?1), -1),"
          + " ifnull((SELECT max(arrival) FROM exception WHERE arrival < ?1), -1))";

  private static final String OF_WHOLE =
      "SELECT sums, first, last FROM block_sum WHERE level = 0 AND kind = ? AND block >= ?"
          + " AND block < ?";

  private static final long NONE = -1;

  private final ReadConnection reading;
  private final PreparedStatement blocks;
  private final PreparedStatement lastRow;
  private final PreparedStatement insert;
  private final PreparedStatement ofWhole;
  private final BlobWriter out = new BlobWriter();

  /** Before which block was looked for {@link #latest}; {@link #NONE} to look anew. */
  private long looked = NONE;

  /** The latest that was missing then. */
  private long latest = NONE;

  private @Nullable BlockDraft draft;

  SumBlocks(Connection connection) throws SQLException {
    reading = new ReadConnection(connection);
    blocks = connection.prepareStatement(OF_LEVEL);
    lastRow = connection.prepareStatement(LAST_ROW);
    insert =
        connection.prepareStatement(
            "INSERT INTO block_sum (level, kind, block, first, last, sums)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    ofWhole = connection.prepareStatement(OF_WHOLE);
  }

  /**
   * Whether a block that is complete is missing.
   *
   * @param losing blocks that are left for now, because rows are being taken out of them
   */
  boolean isBehind(long nextArrival, Set<Long> losing) throws SQLException {
    return draft != null || missing(Arrivals.blocksBefore(nextArrival), losing) != NONE;
  }

  /** Sums up some rows of a block that is missing, within a transaction; whether there are more. */
  boolean step(long nextArrival, Set<Long> losing) throws SQLException {
    long end = Arrivals.blocksBefore(nextArrival);
    BlockDraft of = draft;
    if (of == null) {
      long block = missing(end, losing);
      if (block == NONE) {
        return false;
      }
      of = new BlockDraft(block);
      draft = of;
    }
    reading.words.forget();
    if (!of.read(reading)) {
      keep(of, end, losing);
    }
    return isBehind(nextArrival, losing);
  }

  /** Rows of these blocks were taken out. */
  void lost(Set<Long> lost) {
    looked = NONE;
    if (draft != null && lost.contains(draft.block())) {
      draft = null;
    }
  }

  /** Rows of any block may have been taken out. */
  void forget() {
    looked = NONE;
    draft = null;
  }

  private void keep(BlockDraft done, long end, Set<Long> losing) throws SQLException {
    draft = null;
    for (Map.Entry<SumKind, BlockContent> each : done.contents().entrySet()) {
      put(0, each.getKey(), done.block(), each.getValue());
    }
    sumUpWhole(done.block() >> Arrivals.FAN_BITS, end);
    if (latest == done.block()) {
      latest = latestMissing(0, latest, losing);
    }
  }

  private long missing(long end, Set<Long> losing) throws SQLException {
    if (looked != end) {
      latest = latestMissing(0, end, losing);
      looked = end;
    }
    return latest;
  }

  /** The latest block between these that has rows and no sums. */
  private long latestMissing(long from, long until, Set<Long> losing) throws SQLException {
    blocks.setLong(1, from);
    blocks.setLong(2, until);
    try (ResultSet row = blocks.executeQuery()) {
      long missing = NONE;
      long at = until;
      while (missing == NONE && at > from) {
        long summed = row.next() ? row.getLong(1) : from - 1;
        missing = latestWithRows(summed + 1, at, losing);
        at = summed;
      }
      return missing;
    }
  }

  private long latestWithRows(long from, long until, Set<Long> losing) throws SQLException {
    long block = until;
    do {
      block = block > from ? lastRowBefore(block << Arrivals.BLOCK_BITS) : NONE;
    } while (block >= from && losing.contains(block));
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

  /** The block of the next level, when this one was the last that it lacked. */
  private void sumUpWhole(long whole, long end) throws SQLException {
    long from = whole << Arrivals.FAN_BITS;
    long until = from + Arrivals.FAN;
    if (until > end || latestMissing(from, until, Set.of()) != NONE) {
      return;
    }
    for (SumKind kind : SumKind.SUMMED_UP) {
      Sums sums = Sums.byInstance(kind);
      ofWhole.setInt(1, kind.number());
      ofWhole.setLong(2, from);
      ofWhole.setLong(3, until);
      try (ResultSet row = ofWhole.executeQuery()) {
        while (row.next()) {
          long first = row.getLong(2);
          if (!row.wasNull()) {
            sums.add(row.getBytes(1), first, row.getLong(3));
          }
        }
      }
      put(1, kind, whole, sums);
    }
  }

  private void put(int level, SumKind kind, long block, BlockContent content) throws SQLException {
    insert.setInt(1, level);
    insert.setInt(2, kind.number());
    insert.setLong(3, block);
    insert.setObject(4, content.isEmpty() ? null : content.first());
    insert.setObject(5, content.isEmpty() ? null : content.last());
    insert.setBytes(6, content.toBytes(out));
    insert.executeUpdate();
  }
}
