package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.StoredSpan;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Searches the bodies of requests by reading them, newest first, so much of them at most. */
final class SelectBodies {
  /** A few seconds of reading. */
  static final long MOST_CHARACTERS = 256L << 20;

  /** What a body costs beside its text, which may also be elsewhere. */
  private static final int ROW = 1_024;

  private static final String NEWEST_FIRST = " ORDER BY s.start DESC, s.arrival DESC";

  private SelectBodies() {}

  static long add(SearchFilter filter, List<SearchHit> hits, ReadConnection connection)
      throws SQLException {
    return add(filter, hits, connection, MOST_CHARACTERS);
  }

  /** Adds hits until there are enough; returns since when all was read, 0 for all. */
  static long add(
      SearchFilter filter, List<SearchHit> hits, ReadConnection connection, long mostCharacters)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .and("s.payloads > 0")
            .and("s.rare IS NULL")
            .andUnlessZero("s.start >= ?", filter.sinceEpochNanos())
            .andUnlessZero("s.start < ?", filter.untilEpochNanos())
            .andWord("i.service", filter.service());
    ConditionSql.add(conditions, filter.where(), FieldColumns.ENDED, connection);
    String query = SpanColumns.ENDED_WITH_PAYLOADS + conditions.where() + NEWEST_FIRST;
    long read = 0;
    try (PreparedStatement statement = connection.prepare(query, conditions.parametersAnd());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        StoredSpan span = SpanColumns.read(row, connection);
        SearchHit hit = SearchHit.of(span);
        boolean found = filter.query().matches(hit.text()) && hits.add(hit);
        if (found && hits.size() == filter.limit()) {
          return 0;
        }
        read += ROW + hit.text().length();
        if (read > mostCharacters) {
          return span.row().startEpochNanos();
        }
      }
    }
    return 0;
  }
}
