package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds the oldest of the spans that do not last. Older ones that last lie before them, more with
 * each day: it remembers up to where there are only such, so that each is passed once. Confined to
 * the writer.
 */
final class OrdinarySpans {
  /** As many are looked at in one step; it takes some milliseconds. */
  private static final int LOOK = 2_000;

  private static final String NEXT =
      "SELECT start, arrival, rare IS NULL FROM span WHERE (start, arrival) > (?1, ?2)"
          + " AND start < ?3 ORDER BY start, arrival LIMIT "
          + LOOK;

  private static final String OLDEST =
      "SELECT start FROM span WHERE (start, arrival) > (?1, ?2) AND rare IS NULL"
          + " ORDER BY start, arrival LIMIT 1";

  private final Connection connection;

  /** Up to this one there are none. */
  private long start = Long.MIN_VALUE;

  private long arrival = Long.MIN_VALUE;

  /**
   * Some that are older.
   *
   * @param arrivals of spans that are to go
   * @param more whether there may be others
   */
  record Found(List<Long> arrivals, boolean more) {}

  OrdinarySpans(Connection connection) {
    this.connection = connection;
  }

  /** The next that began before this, which the caller is to take out. */
  Found next(long before, int most) throws SQLException {
    List<Long> arrivals = new ArrayList<>();
    int seen = 0;
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setLong(1, start);
      statement.setLong(2, arrival);
      statement.setLong(3, before);
      try (ResultSet row = statement.executeQuery()) {
        while (arrivals.size() < most && row.next()) {
          seen++;
          start = row.getLong(1);
          arrival = row.getLong(2);
          if (row.getBoolean(3)) {
            arrivals.add(arrival);
          }
        }
      }
    }
    return new Found(arrivals, arrivals.size() == most || seen == LOOK);
  }

  /** When the oldest began. */
  OptionalLong oldest() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
      statement.setLong(1, start);
      statement.setLong(2, arrival);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** These have come: older ones may be among them. */
  void arrived(List<Row> rows) {
    for (Row row : rows) {
      if (row instanceof SpanRow span && !Expiry.lasts(span) && span.startEpochNanos() <= start) {
        startAt(span.startEpochNanos());
      } else if (row instanceof EndedRow) {
        forget();
      }
    }
  }

  /** Nothing is known any more. */
  void forget() {
    start = Long.MIN_VALUE;
    arrival = Long.MIN_VALUE;
  }

  private void startAt(long earlier) {
    start = earlier;
    arrival = Long.MIN_VALUE;
  }
}
