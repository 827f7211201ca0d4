package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Keeps what the rows of each block of arrivals came to, later than they are stored: one block at a
 * time, the latest that is missing first. One goes missing with any of its rows. Confined to the
 * writer.
 */
final class SumBlocks {
  private static final String OF_LEVEL =
      "SELECT block FROM block_sum WHERE level = 0 AND kind = 0 ORDER BY block DESC";

  private static final String OF_WHOLE =
      "SELECT sums, first, last FROM block_sum WHERE level = 0 AND kind = ? AND block >= ?"
          + " AND block < ?";

  private static final long NONE = -1;

  private final ReadConnection reading;
  private final PreparedStatement blocks;
  private final PreparedStatement insert;
  private final PreparedStatement ofWhole;
  private final BlobWriter out = new BlobWriter();

  SumBlocks(Connection connection) throws SQLException {
    reading = new ReadConnection(connection);
    blocks = connection.prepareStatement(OF_LEVEL);
    insert =
        connection.prepareStatement(
            "INSERT INTO block_sum (level, kind, block, first, last, sums)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    ofWhole = connection.prepareStatement(OF_WHOLE);
  }

  /** Whether a block that is complete is missing. */
  boolean isBehind(long nextArrival) throws SQLException {
    return missing(Arrivals.blocksBefore(nextArrival)) != NONE;
  }

  /** Sums up a block that is missing, within a transaction; whether there are more. */
  boolean step(long nextArrival) throws SQLException {
    long end = Arrivals.blocksBefore(nextArrival);
    long block = missing(end);
    if (block == NONE) {
      return false;
    }
    reading.words.forget();
    sumUp(block);
    sumUpWhole(block >> Arrivals.FAN_BITS);
    return missing(end) != NONE;
  }

  /** The latest that is missing before this one. */
  private long missing(long end) throws SQLException {
    long next = end - 1;
    try (ResultSet row = blocks.executeQuery()) {
      while (next >= 0 && row.next() && row.getLong(1) == next) {
        next--;
      }
    }
    return next;
  }

  private void sumUp(long block) throws SQLException {
    Map<SumKind, Sums> sums = new EnumMap<>(SumKind.class);
    for (SumKind kind : SumKind.values()) {
      sums.put(kind, new Sums(kind));
    }
    new SumRows(reading)
        .add(Arrivals.ofBlocks(block, block + 1), Long.MIN_VALUE, Long.MAX_VALUE, sums);
    for (Map.Entry<SumKind, Sums> each : sums.entrySet()) {
      put(0, each.getKey(), block, each.getValue());
    }
  }

  /** The block of the next level, when this one was the last that it lacked. */
  private void sumUpWhole(long whole) throws SQLException {
    for (SumKind kind : SumKind.values()) {
      Sums sums = new Sums(kind);
      int parts = 0;
      ofWhole.setInt(1, kind.number());
      ofWhole.setLong(2, whole << Arrivals.FAN_BITS);
      ofWhole.setLong(3, (whole + 1) << Arrivals.FAN_BITS);
      try (ResultSet row = ofWhole.executeQuery()) {
        for (; row.next(); parts++) {
          long first = row.getLong(2);
          if (!row.wasNull()) {
            sums.add(row.getBytes(1), first, row.getLong(3));
          }
        }
      }
      if (parts == Arrivals.FAN) {
        put(1, kind, whole, sums);
      }
    }
  }

  private void put(int level, SumKind kind, long block, Sums sums) throws SQLException {
    insert.setInt(1, level);
    insert.setInt(2, kind.number());
    insert.setLong(3, block);
    insert.setObject(4, sums.isEmpty() ? null : sums.first());
    insert.setObject(5, sums.isEmpty() ? null : sums.last());
    insert.setBytes(6, sums.toBytes(out));
    insert.executeUpdate();
  }
}
