package dev.engram.collector.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Sums rows of a range of arrivals up by reading them. For one transaction. */
final class SumRows {
  private static final String SPANS =
      "SELECT s.arrival, s.instance, s.start, s.duration, s.status, s.name, s.kind, s.db_system,"
          + " s.statement, s.returned_rows, %s"
          + " FROM span s NOT INDEXED WHERE s.arrival >= ? AND s.arrival < ?"
          + " AND s.start >= ? AND s.start <= ?";

  /** A span whose statement is no column may have one among its attributes. */
  private static final String ATTRIBUTES = "CASE WHEN s.statement IS NULL THEN s.attributes END";

  private static final String EXCEPTIONS =
      "SELECT arrival, instance, time, fingerprint FROM exception NOT INDEXED WHERE arrival >= ?"
          + " AND arrival < ? AND time >= ? AND time <= ?";

  private static final String WITH_ATTRIBUTES = String.format(SPANS, ATTRIBUTES);
  private static final String WITHOUT_ATTRIBUTES = String.format(SPANS, "NULL");

  private final ReadConnection connection;
  private final long server;
  private final long error;

  SumRows(ReadConnection connection) throws SQLException {
    this.connection = connection;
    server = word("SERVER");
    error = word("error");
  }

  /**
   * Adds those of this time, both ends included.
   *
   * @param sums by kind; a kind that is missing is left out
   */
  void add(Arrivals range, long since, long last, Map<SumKind, Sums> sums) throws SQLException {
    Sums exceptions = sums.get(SumKind.EXCEPTION);
    if (exceptions != null) {
      addExceptions(range, since, last, exceptions);
    }
    if (exceptions == null || sums.size() > 1) {
      addSpans(range, since, last, sums);
    }
  }

  private void addExceptions(Arrivals range, long since, long last, Sums sums) throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(EXCEPTIONS, range.from(), range.until(), since, last);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long time = row.getLong(3);
        Sum.Key key = new Sum.Key(row.getLong(2), 0, row.getLong(4), null);
        sums.of(key, time).add(row.getLong(1), time, 0, false);
      }
    }
  }

  private void addSpans(Arrivals range, long since, long last, Map<SumKind, Sums> sums)
      throws SQLException {
    boolean others = sums.containsKey(SumKind.OTHER_STATEMENT);
    String query = others ? WITH_ATTRIBUTES : WITHOUT_ATTRIBUTES;
    try (PreparedStatement statement =
            connection.prepare(query, range.from(), range.until(), since, last);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        add(row, sums);
      }
    }
  }

  private void add(ResultSet row, Map<SumKind, Sums> all) throws SQLException {
    Sums requests = all.get(SumKind.REQUEST);
    if (requests != null && row.getLong(7) == server) {
      add(row, requests, new Sum.Key(row.getLong(2), 0, row.getLong(6), null));
    }
    if (row.getLong(4) < 0) {
      return;
    }
    long statement = row.getLong(9);
    Sums sums = all.get(statement == 0 ? SumKind.OTHER_STATEMENT : SumKind.STATEMENT);
    if (sums != null && statement != 0) {
      addStatement(row, sums, statement);
    } else if (sums != null) {
      addOther(row, sums);
    }
  }

  private void addStatement(ResultSet row, Sums statements, long text) throws SQLException {
    Sum sum = add(row, statements, new Sum.Key(row.getLong(2), row.getLong(8), text, null));
    long returned = row.getLong(10);
    if (!row.wasNull()) {
      sum.counted++;
      sum.empty += returned == 0 ? 1 : 0;
    }
  }

  private void addOther(ResultSet row, Sums others) throws SQLException {
    Object text =
        AttributeBlob.decode(row.getBytes(11), connection.words).get(Encoding.DB_STATEMENT);
    if (text instanceof String known) {
      add(row, others, new Sum.Key(row.getLong(2), 0, 0, known));
    }
  }

  private Sum add(ResultSet row, Sums sums, Sum.Key key) throws SQLException {
    long start = row.getLong(3);
    Sum sum = sums.of(key, start);
    sum.add(row.getLong(1), start, row.getLong(4), row.getLong(5) == error);
    return sum;
  }

  /** -1 for one that no span can have. */
  private long word(String text) throws SQLException {
    try (PreparedStatement statement =
            connection.prepare("SELECT id FROM word WHERE text = ?", text);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    }
  }
}
