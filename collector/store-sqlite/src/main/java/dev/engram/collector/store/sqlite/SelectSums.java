package dev.engram.collector.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
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
      "SELECT block, first, last FROM block_sum WHERE level = ? AND kind = ? AND block >= ?"
          + " AND block < ? ORDER BY block";

  private static final String SUMS =
      "SELECT sums FROM block_sum WHERE level = ? AND kind = ? AND block = ?";

  private static final String FIRST_ROW =
      "SELECT min(arrival) FROM %s WHERE arrival >= ? AND arrival < ?";

  /** Its rows have times from the first to the last. */
  private record Block(int level, long number, long first, long last) {}

  private final ReadConnection connection;
  private final SumKind kind;
  private final String firstRow;
  private final long since;
  private final long last;
  private final List<Block> whole = new ArrayList<>();
  private final List<Arrivals> read = new ArrayList<>();
  private long blocksToRead;

  private SelectSums(SumKind kind, long since, long last, ReadConnection connection) {
    this.kind = kind;
    firstRow = String.format(FIRST_ROW, kind.table());
    this.since = since;
    this.last = last;
    this.connection = connection;
  }

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
    SelectSums select = new SelectSums(kind, since, last, connection);
    select.choose();
    return select.helps() ? Optional.of(select.sums(services)) : Optional.empty();
  }

  /** Of a time without any whole block, an index on time has fewer rows than some blocks. */
  private boolean helps() {
    boolean ofTime = since != Long.MIN_VALUE || last != Long.MAX_VALUE;
    return blocksToRead <= (ofTime && whole.isEmpty() ? 1 : MOST_READ);
  }

  private void choose() throws SQLException {
    long next = number("SELECT next_arrival FROM sequence");
    long end = Arrivals.blocksBefore(next);
    long block = 0;
    try (PreparedStatement statement =
            connection.prepare(BLOCKS, 1, kind.number(), 0, end >> Arrivals.FAN_BITS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long from = row.getLong(1) << Arrivals.FAN_BITS;
        boolean taken = take(1, row);
        chooseParts(block, taken ? from : from + Arrivals.FAN);
        block = from + Arrivals.FAN;
      }
    }
    chooseParts(block, end);
    read(new Arrivals(end << Arrivals.BLOCK_BITS, next));
  }

  /** Of blocks that are not taken together. */
  private void chooseParts(long from, long until) throws SQLException {
    if (from == until) {
      return;
    }
    long block = from;
    try (PreparedStatement statement = connection.prepare(BLOCKS, 0, kind.number(), from, until);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long part = row.getLong(1);
        readRows(block, take(0, row) ? part : part + 1);
        block = part + 1;
      }
    }
    readRows(block, until);
  }

  /** Reads those of these blocks that have rows. */
  private void readRows(long from, long until) throws SQLException {
    long block = from;
    while (block < until && blocksToRead <= MOST_READ) {
      long arrival = number(firstRow, block << Arrivals.BLOCK_BITS, until << Arrivals.BLOCK_BITS);
      if (arrival == 0) {
        return;
      }
      block = (arrival >> Arrivals.BLOCK_BITS) + 1;
      read(Arrivals.ofBlocks(block - 1, block));
      blocksToRead++;
    }
  }

  /** Whether its sums say all that is to be known of its rows. */
  private boolean take(int level, ResultSet row) throws SQLException {
    long earliest = row.getLong(2);
    boolean empty = row.wasNull();
    long latest = row.getLong(3);
    if (empty || latest < since || earliest > last) {
      return true;
    }
    boolean inside = earliest >= since && latest <= last;
    if (inside) {
      whole.add(new Block(level, row.getLong(1), earliest, latest));
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

  private Sums sums(Map<Long, Long> services) throws SQLException {
    Sums sums = Sums.byService(kind, services);
    Map<SumKind, Sums> byKind = new EnumMap<>(Map.of(kind, sums));
    SumRows rows = new SumRows(connection);
    for (Arrivals range : read) {
      rows.add(range, since, last, byKind);
    }
    try (PreparedStatement statement = connection.prepare(SUMS)) {
      for (Block block : whole) {
        sums.add(bytes(block, statement), block.first(), block.last());
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

  /** 0 for NULL, which is no arrival. */
  private long number(String query, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepare(query, parameters);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
