package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Attempts of remedies, latest arrival first. */
final class SelectRemedyAttempts {
  /** The latest of all, of which each kind has its number. */
  private static final String NUMBERED =
      "SELECT latest.*, row_number() OVER"
          + " (PARTITION BY remedy_id, fingerprint, arm ORDER BY arrival DESC) AS number"
          + " FROM (SELECT * FROM remedy_attempt WHERE time >= ?"
          + " ORDER BY arrival DESC LIMIT ?) AS latest";

  private static final String QUERY =
      "SELECT a.arrival, i.service, i.version, a.position, a.time, a.trace_high, a.trace_low,"
          + " a.span_id, a.remedy_id, a.arm, a.fingerprint, a.tries, a.result, a.added"
          + " FROM ("
          + NUMBERED
          + ") AS a JOIN instance i ON i.id = a.instance"
          + " WHERE a.number <= ? ORDER BY a.arrival DESC";

  private SelectRemedyAttempts() {}

  static List<StoredAttempt> latest(
      long sinceEpochNanos, int each, int limit, Connection connection) throws SQLException {
    return Statements.select(
        connection, QUERY, List.of(sinceEpochNanos, limit, each), SelectRemedyAttempts::attempt);
  }

  private static StoredAttempt attempt(ResultSet row) throws SQLException {
    RemedyAttemptRow attempt =
        new RemedyAttemptRow(
            row.getLong(4),
            row.getLong(5),
            new TraceId(row.getLong(6), row.getLong(7)),
            row.getLong(8),
            PostgresText.read(row.getString(9)),
            PostgresText.read(row.getString(10)),
            row.getLong(11),
            row.getInt(12),
            PostgresText.read(row.getString(13)),
            row.getLong(14));
    return new StoredAttempt(
        attempt,
        PostgresText.read(row.getString(2)),
        PostgresText.read(row.getString(3)),
        row.getLong(1));
  }
}
