package dev.engram.collector.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a time summed up: what lies in it as a whole by the sums of its blocks, what lies across
 * its ends or has no sums yet by reading the rows. For one transaction.
 */
final class SelectSums {
  /** More blocks are not read: then an index on time is the shorter way. */
  private static final int MOST_READ = 64;

  private static final String BLOCKS =
      "SELECT block, first, last FROM block_sum WHERE level = ? AND kind = ?";

  private static final String SUMS =
      "SELECT sums FROM block_sum WHERE level = ? AND kind = ? AND block = ?";

  /** Those of a block; both ends included. */
  private record Times(boolean empty, long first, long last) {}

  private record Block(int level, long number, Times times) {}

  private final ReadConnection connection;
  private final SumKind kind;
  private final long since;
  private final long last;
  private final List<Block> whole = new ArrayList<>();
  private final List<Arrivals> read = new ArrayList<>();
  private long blocksToRead;

  private SelectSums(SumKind kind, long since, long last, ReadConnection connection) {
    this.kind = kind;
    this.since = since;
    this.last = last;
    this.connection = connection;
  }

  /**
   * Those of a time, of every service.
   *
   * @param sinceEpochNanos inclusive; 0 for no begin
   * @param untilEpochNanos exclusive; 0 for no end
   * @return empty when most of them have no sums: then they are to be read
   */
  static Optional<Sums> of(
      SumKind kind, long sinceEpochNanos, long untilEpochNanos, ReadConnection connection)
      throws SQLException {
    long since = sinceEpochNanos == 0 ? Long.MIN_VALUE : sinceEpochNanos;
    long last = untilEpochNanos == 0 ? Long.MAX_VALUE : untilEpochNanos - 1;
    SelectSums select = new SelectSums(kind, since, last, connection);
    select.choose();
    return select.blocksToRead > MOST_READ ? Optional.empty() : Optional.of(select.sums());
  }

  private void choose() throws SQLException {
    long next = number("SELECT next_arrival FROM sequence");
    long end = Arrivals.blocksBefore(next);
    Map<Long, Times> wholes = times(1);
    Map<Long, Times> parts = times(0);
    long block = 0;
    while (block < end) {
      boolean first = block % Arrivals.FAN == 0;
      if (first && take(1, block >> Arrivals.FAN_BITS, wholes)) {
        block += Arrivals.FAN;
      } else {
        if (!take(0, block, parts)) {
          read(Arrivals.ofBlocks(block, block + 1));
          blocksToRead++;
        }
        block++;
      }
    }
    read(new Arrivals(end << Arrivals.BLOCK_BITS, next));
  }

  /** Whether its sums say all that is to be known of its rows. */
  private boolean take(int level, long number, Map<Long, Times> known) {
    Times times = known.get(number);
    if (times == null) {
      return false;
    }
    if (times.empty() || times.last() < since || times.first() > last) {
      return true;
    }
    boolean inside = times.first() >= since && times.last() <= last;
    if (inside) {
      whole.add(new Block(level, number, times));
    }
    return inside;
  }

  private void read(Arrivals range) {
    int latest = read.size() - 1;
    if (latest >= 0 && read.get(latest).until() == range.from()) {
      read.set(latest, new Arrivals(read.get(latest).from(), range.until()));
    } else {
      read.add(range);
    }
  }

  private Sums sums() throws SQLException {
    Sums sums = new Sums(kind);
    Map<SumKind, Sums> byKind = new EnumMap<>(Map.of(kind, sums));
    SumRows rows = new SumRows(connection);
    for (Arrivals range : read) {
      rows.add(range, since, last, byKind);
    }
    try (PreparedStatement statement = connection.prepare(SUMS)) {
      for (Block block : whole) {
        sums.add(bytes(block, statement), block.times().first(), block.times().last());
      }
    }
    return sums;
  }

  private byte[] bytes(Block block, PreparedStatement statement) throws SQLException {
    statement.setInt(1, block.level());
    statement.setInt(2, kind.number());
    statement.setLong(3, block.number());
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBytes(1);
    }
  }

  private Map<Long, Times> times(int level) throws SQLException {
    Map<Long, Times> times = new HashMap<>();
    try (PreparedStatement statement = connection.prepare(BLOCKS, level, kind.number());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long first = row.getLong(2);
        boolean empty = row.wasNull();
        times.put(row.getLong(1), new Times(empty, first, row.getLong(3)));
      }
    }
    return times;
  }

  private long number(String query) throws SQLException {
    try (PreparedStatement statement = connection.prepare(query);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
