package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Searches rows that are in no index of words by reading them, so much of them at most. */
final class ReadTexts {
  /** A few seconds of reading. */
  static final long MOST_CHARACTERS = 256L << 20;

  /** What a row costs beside its text, which may also be elsewhere. */
  private static final int ROW = 1_024;

  /** Makes what may be a hit of a row. */
  interface Candidate {
    SearchHit of(ResultSet row, ReadConnection connection) throws SQLException;
  }

  private ReadTexts() {}

  /**
   * Adds hits in the order of the query until there are enough.
   *
   * @return the time of the last one that was read when it would take too long; 0 when all were
   *     read, or enough was found
   */
  static long add(
      String query,
      List<Object> parameters,
      Candidate candidate,
      SearchFilter filter,
      List<SearchHit> hits,
      ReadConnection connection,
      long mostCharacters)
      throws SQLException {
    long read = 0;
    try (PreparedStatement statement = connection.prepare(query, parameters);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        SearchHit hit = candidate.of(row, connection);
        boolean found = filter.query().matches(hit.text()) && hits.add(hit);
        if (found && hits.size() == filter.limit()) {
          return 0;
        }
        read += ROW + hit.text().length();
        if (read > mostCharacters) {
          return hit.timeEpochNanos();
        }
      }
    }
    return 0;
  }
}
