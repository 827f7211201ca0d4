package dev.engram.collector.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Calls of models, one after the other in one value: they are a few among many other rows, so that
 * reading each from its own page takes most of the time. Confined to one thread.
 */
final class PackedCalls implements BlockContent {
  static final String KIND = "CLIENT";
  static final String CATEGORY = "ai";

  private static final String SOME =
      "SELECT s.arrival, s.instance, s.position, s.trace_high, s.trace_low, s.span_id,"
          + " s.parent_span_id, s.name, s.start, s.duration, s.status, s.status_description,"
          + " s.attributes, s.begun FROM span s NOT INDEXED WHERE s.arrival >= ? AND s.arrival < ?"
          + " AND s.rare = 1 AND s.category = (SELECT id FROM word WHERE text = '"
          + CATEGORY
          + "') AND s.kind = (SELECT id FROM word WHERE text = '"
          + KIND
          + "')"
          + " AND s.start >= ? AND s.start <= ?";

  /**
   * More bytes are not packed: then calls are not a few among other rows, and one value is no place
   * for them.
   */
  private static final int MOST_BYTES = 4 << 20;

  private final BlobWriter packed = new BlobWriter();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * Adds those of these arrivals and this time, both ends of which are included, until they are too
   * large.
   */
  void add(Arrivals range, long since, long last, ReadConnection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(SOME, range.from(), range.until(), since, last);
        ResultSet row = statement.executeQuery()) {
      while (!areTooLarge() && row.next()) {
        add(row);
      }
    }
  }

  private void add(ResultSet row) throws SQLException {
    long start = row.getLong(9);
    first = Math.min(first, start);
    last = Math.max(last, start);
    packed.putUnsigned(row.getLong(1));
    packed.putUnsigned(row.getLong(2));
    packed.putUnsigned(row.getLong(3));
    for (int id = 4; id <= 7; id++) {
      packed.putFixed(row.getLong(id));
    }
    packed.putUnsigned(row.getLong(8));
    packed.putSigned(start);
    packed.putSigned(row.getLong(10));
    packed.putUnsigned(row.getLong(11));
    packed.putNullableString(SqliteText.readNullable(row, 12));
    packed.putBytes(BlobReader.required(row.getBytes(13)));
    packed.putByte(row.getInt(14));
  }

  /** Whether some may be missing, so that the rows are to be read. */
  boolean areTooLarge() {
    return packed.length() > MOST_BYTES;
  }

  @Override
  public boolean isEmpty() {
    return first > last;
  }

  @Override
  public long first() {
    return first;
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public byte[] toBytes(BlobWriter out) {
    return packed.toBytes();
  }
}
