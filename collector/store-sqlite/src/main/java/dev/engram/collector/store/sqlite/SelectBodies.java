package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import java.sql.SQLException;
import java.util.List;

/** Searches the bodies of requests by reading them, newest first, so much of them at most. */
final class SelectBodies {
  private static final String NEWEST_FIRST = " ORDER BY s.start DESC, s.arrival DESC";

  private SelectBodies() {}

  static long add(SearchFilter filter, List<SearchHit> hits, ReadConnection connection)
      throws SQLException {
    return add(filter, hits, connection, ReadTexts.MOST_CHARACTERS);
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
    return ReadTexts.add(
        SpanColumns.ENDED_WITH_PAYLOADS + conditions.where() + NEWEST_FIRST,
        conditions.parametersAnd(),
        (row, reading) -> SearchHit.of(SpanColumns.read(row, reading)),
        filter,
        hits,
        connection,
        mostCharacters);
  }
}
