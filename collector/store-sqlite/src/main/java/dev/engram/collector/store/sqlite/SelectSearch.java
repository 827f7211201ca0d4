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

/** Searches the index of words, and then, where they are asked for, the bodies. */
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
    for (Found found : indexed(filter, connection)) {
      hits.add(
          found.exception
              ? SearchHit.of(SelectExceptions.byArrival(found.arrival, connection))
              : SearchHit.of(SelectSpans.byArrival(found.arrival, connection)));
    }
    long begin = begin(connection);
    boolean full = filter.limit() > 0 && hits.size() >= filter.limit();
    long readSince =
        filter.in().contains(SearchIn.BODIES) && !full
            ? SelectBodies.add(filter, hits, connection)
            : 0;
    return new SearchHits(hits, Math.max(begin, readSince));
  }

  private static List<Found> indexed(SearchFilter filter, ReadConnection connection)
      throws SQLException {
    List<Found> found = new ArrayList<>();
    if (filter.takes(SearchIn.LOGS)) {
      Conditions conditions = conditions(filter, "e.time", FieldColumns.EXCEPTION, connection);
      if (!filter.in().contains(SearchIn.ERRORS)) {
        conditions.andWord("e.origin", "logged");
      }
      add(IN_EXCEPTIONS, conditions, filter.limit(), found, connection);
    }
    if (filter.in().contains(SearchIn.AI)) {
      Conditions conditions = conditions(filter, "s.start", FieldColumns.ENDED, connection);
      add(IN_SPANS, conditions, filter.limit(), found, connection);
    }
    found.sort(Found.BEST_FIRST);
    return filter.limit() == 0 ? found : found.subList(0, Math.min(found.size(), filter.limit()));
  }

  private static Conditions conditions(
      SearchFilter filter, String time, FieldColumns columns, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .and("search MATCH ?", match(filter.query()))
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
      String query, Conditions conditions, int limit, List<Found> into, ReadConnection connection)
      throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(
                query + conditions.where() + BEST,
                conditions.parametersAnd(SelectSpans.limit(limit)));
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
