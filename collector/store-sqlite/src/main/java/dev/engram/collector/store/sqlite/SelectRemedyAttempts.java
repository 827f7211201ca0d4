package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
          + ") AS a CROSS JOIN instance i ON i.id = a.instance"
          + " WHERE a.number <= ? ORDER BY a.arrival DESC";

  private SelectRemedyAttempts() {}

  static List<StoredAttempt> latest(
      long sinceEpochNanos, int each, int limit, ReadConnection connection) throws SQLException {
    WordTexts words = connection.words;
    try (PreparedStatement statement = connection.prepare(QUERY, sinceEpochNanos, limit, each);
        ResultSet row = statement.executeQuery()) {
      List<StoredAttempt> attempts = new ArrayList<>();
      while (row.next()) {
        RemedyAttemptRow attempt =
            new RemedyAttemptRow(
                row.getLong(4),
                row.getLong(5),
                new TraceId(row.getLong(6), row.getLong(7)),
                row.getLong(8),
                words.text(row.getLong(9)),
                words.text(row.getLong(10)),
                row.getLong(11),
                row.getInt(12),
                words.text(row.getLong(13)),
                row.getLong(14));
        attempts.add(
            new StoredAttempt(
                attempt, words.text(row.getLong(2)), SqliteText.read(row, 3), row.getLong(1)));
      }
      return attempts;
    }
  }
}
