package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SearchHits;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery;
import dev.engram.collector.store.SearchQuery.Phrase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Searches the latest rows, which are in no index yet, then the index of words, and then, where
 * they are asked for, the bodies.
 */
final class SelectSearch {
  private static final String IN_EXCEPTIONS =
      "SELECT e.arrival, search.rank, 1 FROM search CROSS JOIN exception e"
          + " ON e.arrival = search.rowid CROSS JOIN instance i ON i.id = e.instance";

  private static final String IN_SPANS =
      "SELECT s.arrival, search.rank, 0 FROM search CROSS JOIN span s"
          + " ON s.arrival = search.rowid CROSS JOIN instance i ON i.id = s.instance";

  private static final String BEST = " ORDER BY search.rank LIMIT ?";

  /** The lower its rank, the better it is. */
  private record Found(long arrival, double rank, boolean exception) {
    static final Comparator<Found> BEST_FIRST =
        Comparator.comparingDouble(Found::rank)
            .thenComparing(Comparator.comparingLong(Found::arrival).reversed());
  }

  private SelectSearch() {}

  static SearchHits by(SearchFilter filter, ReadConnection connection) throws SQLException {
    if (filter.query().phrases().isEmpty()) {
      return new SearchHits(List.of(), 0);
    }
    List<SearchHit> hits = new ArrayList<>();
    long since = Math.max(begin(connection), SelectUnindexed.add(filter, hits, connection));
    for (Found found : indexed(filter, connection)) {
      if (isFull(filter, hits)) {
        break;
      }
      hits.add(
          found.exception
              ? SearchHit.of(SelectExceptions.byArrival(found.arrival, connection))
              : SearchHit.of(SelectSpans.byArrival(found.arrival, connection)));
    }
    if (filter.in().contains(SearchIn.BODIES) && !isFull(filter, hits)) {
      since = Math.max(since, SelectBodies.add(filter, hits, connection));
    }
    return new SearchHits(hits, since);
  }

  private static boolean isFull(SearchFilter filter, List<SearchHit> hits) {
    return filter.limit() > 0 && hits.size() >= filter.limit();
  }

  private static List<Found> indexed(SearchFilter filter, ReadConnection connection)
      throws SQLException {
    List<Found> found = new ArrayList<>();
    if (filter.takes(SearchIn.LOGS)) {
      add(IN_EXCEPTIONS, exceptions(filter, connection), filter, found, connection);
    }
    if (filter.in().contains(SearchIn.AI)) {
      add(IN_SPANS, spans(filter, connection), filter, found, connection);
    }
    found.sort(Found.BEST_FIRST);
    return filter.limit() == 0 ? found : found.subList(0, Math.min(found.size(), filter.limit()));
  }

  /** What the filter says of exceptions. */
  static Conditions exceptions(SearchFilter filter, ReadConnection connection) throws SQLException {
    Conditions conditions = conditions(filter, "+e.time", FieldColumns.EXCEPTION, connection);
    return filter.in().contains(SearchIn.ERRORS)
        ? conditions
        : conditions.andWord("e.origin", "logged");
  }

  /** What it says of spans. */
  static Conditions spans(SearchFilter filter, ReadConnection connection) throws SQLException {
    return conditions(filter, "+s.start", FieldColumns.ENDED, connection);
  }

  /** Rows are found by words or by arrival, never by time. */
  private static Conditions conditions(
      SearchFilter filter, String time, FieldColumns columns, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .andUnlessZero(time + " >= ?", filter.sinceEpochNanos())
            .andUnlessZero(time + " < ?", filter.untilEpochNanos())
            .andWord("i.service", filter.service());
    return ConditionSql.add(conditions, filter.where(), columns, connection);
  }

  /** All phrases, quoted: their words are letters and digits alone. */
  private static String match(SearchQuery query) {
    return query.phrases().stream().map(SelectSearch::quoted).collect(Collectors.joining(" AND "));
  }

  private static String quoted(Phrase phrase) {
    return '"' + String.join(" ", phrase.words()) + '"' + (phrase.prefix() ? " *" : "");
  }

  private static void add(
      String query,
      Conditions conditions,
      SearchFilter filter,
      List<Found> into,
      ReadConnection connection)
      throws SQLException {
    conditions.and("search MATCH ?", match(filter.query()));
    try (PreparedStatement statement =
            connection.prepare(
                query + conditions.where() + BEST,
                conditions.parametersAnd(SelectSpans.limit(filter.limit())));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        into.add(new Found(row.getLong(1), row.getDouble(2), row.getInt(3) == 1));
      }
    }
  }

  private static long begin(ReadConnection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepare("SELECT time FROM search_begin");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
