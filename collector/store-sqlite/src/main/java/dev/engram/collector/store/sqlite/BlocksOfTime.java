package dev.engram.collector.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rows of a time are found in: blocks that lie in it as a whole and have sums, and
 * arrivals that are to be read, across its ends or without sums. For one transaction.
 */
final class BlocksOfTime {
  /** More blocks are not read: then an index on time is the shorter way. */
  private static final int MOST_READ = 64;

  /** Nor more than these, where the time has sums of no rows: there may be none in it. */
  private static final int FEW = 8;

  private static final String BLOCKS =
      "SELECT block, first, last FROM block_sum WHERE level = ? AND kind = ? AND block >= ?"
          + " AND block < ? ORDER BY block";

  private static final String SUMS =
      "SELECT sums FROM block_sum WHERE level = ? AND kind = ? AND block = ?";

  private static final String FIRST_ROW =
      "SELECT min(arrival) FROM %s WHERE arrival >= ? AND arrival < ?";

  /** Its rows have times from the first to the last. */
  record Block(int level, long number, long first, long last) {}

  private final ReadConnection connection;
  private final SumKind kind;
  private final String firstRow;
  private final long since;
  private final long last;
  private final List<Block> whole = new ArrayList<>();
  private final List<Arrivals> read = new ArrayList<>();
  private long blocksToRead;

  /** Whether the rows of a block are partly of the time. */
  private boolean crossed;

  private BlocksOfTime(SumKind kind, long since, long last, ReadConnection connection) {
    this.kind = kind;
    firstRow = String.format(FIRST_ROW, kind.table());
    this.since = since;
    this.last = last;
    this.connection = connection;
  }

  /**
   * Those of a time.
   *
   * @param since inclusive
   * @param last inclusive
   */
  static BlocksOfTime of(SumKind kind, long since, long last, ReadConnection connection)
      throws SQLException {
    BlocksOfTime blocks = new BlocksOfTime(kind, since, last, connection);
    blocks.choose();
    return blocks;
  }

  /** The largest that lie in the time as a whole. */
  List<Block> whole() {
    return whole;
  }

  /** To be read row by row; of their rows some may not be of the time. */
  List<Arrivals> read() {
    return read;
  }

  /**
   * Whether blocks are the shorter way: of a time that has parts of blocks alone, an index on time
   * has fewer rows than some blocks.
   */
  boolean helps() {
    return helps(MOST_READ);
  }

  /**
   * The same.
   *
   * @param most blocks that may be read row by row; at most 64
   */
  boolean helps(int most) {
    boolean ofTime = since != Long.MIN_VALUE || last != Long.MAX_VALUE;
    int few = crossed ? 1 : FEW;
    return blocksToRead <= (ofTime && whole.isEmpty() ? few : most);
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
    // Parts of a block of level 1 may lie outside of the time.
    crossed |= !inside && level == 0;
    return inside;
  }

  /** Reads the rows of a whole block, whose sums are damaged. */
  void readInstead(Block block) {
    whole.remove(block);
    int bits = block.level() * Arrivals.FAN_BITS;
    read.add(Arrivals.ofBlocks(block.number() << bits, (block.number() + 1) << bits));
  }

  private void read(Arrivals range) {
    int latest = read.size() - 1;
    if (latest >= 0 && read.get(latest).until() == range.from()) {
      read.set(latest, new Arrivals(read.get(latest).from(), range.until()));
    } else {
      read.add(range);
    }
  }

  /** The blocks of level 0 that this one of level 1 is made of, without those that are empty. */
  List<Block> parts(Block block) throws SQLException {
    long from = block.number() << Arrivals.FAN_BITS;
    List<Block> parts = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepare(BLOCKS, 0, kind.number(), from, from + Arrivals.FAN);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long first = row.getLong(2);
        if (!row.wasNull()) {
          parts.add(new Block(0, row.getLong(1), first, row.getLong(3)));
        }
      }
    }
    return parts;
  }

  /** To read one after the other with {@link #sums}. */
  PreparedStatement prepareSums() throws SQLException {
    return connection.prepare(SUMS);
  }

  /** What {@link Sums#toBytes} gave of the rows of this block. */
  byte[] sums(Block block, PreparedStatement statement) throws SQLException {
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
