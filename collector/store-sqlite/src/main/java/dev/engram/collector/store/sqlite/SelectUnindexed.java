package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SearchIn;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Searches the latest rows, whose words {@link IndexWords} has not come to yet, by reading them:
 * the rows of about a second, or more of them while the collector is busy.
 */
final class SelectUnindexed {
  private static final Comparator<SearchHit> LATEST_FIRST =
      Comparator.comparingLong(SearchHit::arrival).reversed();

  private SelectUnindexed() {}

  /** As {@link SelectBodies#add}, the latest to arrive first. */
  static long add(SearchFilter filter, List<SearchHit> hits, ReadConnection connection)
      throws SQLException {
    return add(filter, hits, connection, ReadTexts.MOST_CHARACTERS);
  }

  static long add(
      SearchFilter filter, List<SearchHit> hits, ReadConnection connection, long mostCharacters)
      throws SQLException {
    long position = position(connection);
    List<SearchHit> exceptions = new ArrayList<>();
    List<SearchHit> spans = new ArrayList<>();
    long exceptionsSince =
        filter.takes(SearchIn.LOGS)
            ? exceptions(filter, position, exceptions, connection, mostCharacters)
            : 0;
    long spansSince =
        filter.in().contains(SearchIn.AI)
            ? spans(filter, position, spans, connection, mostCharacters)
            : 0;
    exceptions.addAll(spans);
    exceptions.sort(LATEST_FIRST);
    exceptions.stream()
        .limit(filter.limit() == 0 ? Long.MAX_VALUE : filter.limit())
        .forEach(hits::add);
    return Math.max(exceptionsSince, spansSince);
  }

  private static long exceptions(
      SearchFilter filter,
      long position,
      List<SearchHit> hits,
      ReadConnection connection,
      long mostCharacters)
      throws SQLException {
    Conditions conditions =
        SelectSearch.exceptions(filter, connection).and("e.arrival >= ?", position);
    return ReadTexts.add(
        SelectExceptions.latestToArrive(conditions),
        conditions.parametersAnd(),
        (row, reading) -> SearchHit.of(SelectExceptions.read(row, reading)),
        filter,
        hits,
        connection,
        mostCharacters);
  }

  private static long spans(
      SearchFilter filter,
      long position,
      List<SearchHit> hits,
      ReadConnection connection,
      long mostCharacters)
      throws SQLException {
    Conditions conditions =
        SelectSearch.spans(filter, connection)
            .and("s.arrival >= ?", position)
            // No index leads to the latest to arrive.
            .and("+s.rare = 1")
            .and("s.payloads > 0");
    return ReadTexts.add(
        SpanColumns.ENDED_WITH_PAYLOADS + conditions.where() + " ORDER BY s.arrival DESC",
        conditions.parametersAnd(),
        (row, reading) -> SearchHit.of(SpanColumns.read(row, reading)),
        filter,
        hits,
        connection,
        mostCharacters);
  }

  private static long position(ReadConnection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepare("SELECT arrival FROM search_position");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
