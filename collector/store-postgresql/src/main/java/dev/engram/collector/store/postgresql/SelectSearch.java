package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SearchHits;
import dev.engram.collector.store.SearchIn;
import dev.engram.collector.store.SearchQuery.Phrase;
import dev.engram.collector.store.postgresql.Statements.Mapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Searches the index of words, and then, where they are asked for, the bodies; newest first. The
 * index gives rows that have all the words; whether they have the phrases is seen in their text.
 */
final class SelectSearch {
  /** A few seconds of reading. */
  static final long MOST_CHARACTERS = 256L << 20;

  /** What it takes to read a row that says little. */
  private static final int ROW = 1_024;

  private static final Comparator<SearchHit> NEWEST_FIRST =
      Comparator.comparingLong(SearchHit::timeEpochNanos)
          .thenComparingLong(SearchHit::arrival)
          .reversed();

  private final SearchFilter filter;
  private final Connection connection;
  private final long mostCharacters;
  private final List<SearchHit> hits = new ArrayList<>();

  private SelectSearch(SearchFilter filter, Connection connection, long mostCharacters) {
    this.filter = filter;
    this.connection = connection;
    this.mostCharacters = mostCharacters;
  }

  static SearchHits by(SearchFilter filter, Connection connection) throws SQLException {
    return by(filter, connection, MOST_CHARACTERS);
  }

  static SearchHits by(SearchFilter filter, Connection connection, long mostCharacters)
      throws SQLException {
    return filter.query().phrases().isEmpty()
        ? new SearchHits(List.of(), 0)
        : new SelectSearch(filter, connection, mostCharacters).hits();
  }

  private SearchHits hits() throws SQLException {
    long since = begin();
    if (filter.takes(SearchIn.LOGS)) {
      since = Math.max(since, addExceptions());
    }
    if (filter.in().contains(SearchIn.AI)) {
      since = Math.max(since, addSpans(ofIndex("s").and(SelectSpans.RARE)));
    }
    hits.sort(NEWEST_FIRST);
    if (filter.in().contains(SearchIn.BODIES) && !isFull()) {
      since =
          Math.max(since, addSpans(new Conditions().and("s.payloads > 0").and(SelectSpans.COMMON)));
    }
    return new SearchHits(
        filter.limit() == 0 ? hits : hits.subList(0, Math.min(hits.size(), filter.limit())), since);
  }

  private boolean isFull() {
    return filter.limit() > 0 && hits.size() >= filter.limit();
  }

  private long addExceptions() throws SQLException {
    Conditions conditions = inTime("e.time", ofIndex("e"));
    if (!filter.in().contains(SearchIn.ERRORS)) {
      conditions.andText("e.origin", "logged");
    }
    SelectExceptions.meeting(filter.where(), conditions, connection);
    return add(
        SelectExceptions.ALL + conditions.where() + " ORDER BY e.time DESC, e.arrival DESC",
        conditions,
        row -> SearchHit.of(SelectExceptions.withoutFrames(row)));
  }

  private long addSpans(Conditions which) throws SQLException {
    Conditions conditions =
        RowsThatMeet.addOfSpans(
            inTime("s.start", which), filter.where(), SpanColumns.ENDED_ALONE, connection);
    return add(
        SpanColumns.ENDED_ALONE + conditions.where() + SelectSpans.NEWEST_FIRST,
        conditions,
        this::spanHit);
  }

  private SearchHit spanHit(ResultSet row) throws SQLException {
    return SearchHit.of(SpanColumns.withPayloads(SpanColumns.read(row), connection));
  }

  private Conditions inTime(String column, Conditions conditions) {
    return conditions
        .andUnlessZero(column + " >= ?", filter.sinceEpochNanos())
        .andUnlessZero(column + " < ?", filter.untilEpochNanos())
        .andText("i.service", filter.service());
  }

  private Conditions ofIndex(String table) {
    return new Conditions()
        .and(
            "(%1$s.arrival, %1$s.day) IN (SELECT t.arrival, t.day FROM search t".formatted(table)
                + " WHERE t.words @@ ?::tsquery)",
            filter.query().phrases().stream()
                .map(SelectSearch::words)
                .collect(Collectors.joining(" & ")));
  }

  /** Quoted; words are letters and digits alone. */
  private static String words(Phrase phrase) {
    return phrase.words().stream().collect(Collectors.joining("' & '", "'", "'"))
        + (phrase.prefix() ? ":*" : "");
  }

  /** Adds those that have the phrases; returns since when all were looked at, 0 for all. */
  private long add(String query, Conditions conditions, Mapping<SearchHit> mapping)
      throws SQLException {
    Reading reading = new Reading();
    Statements.visitWhile(connection, query, conditions.parameters(), mapping, reading::take);
    return reading.since;
  }

  /** Looks at hits of one kind until there are enough, or it would take too long. */
  private final class Reading {
    private int found;
    private long read;
    private long since;

    boolean take(SearchHit hit) {
      if (filter.query().matches(hit.text())) {
        hits.add(hit);
        found++;
      }
      read += ROW + hit.text().length();
      boolean enough = filter.limit() > 0 && found >= filter.limit();
      if (!enough && read > mostCharacters) {
        since = hit.timeEpochNanos();
      }
      return !enough && read <= mostCharacters;
    }
  }

  private long begin() throws SQLException {
    return Statements.select(
            connection, "SELECT time FROM search_begin", List.of(), row -> row.getLong(1))
        .get(0);
  }
}
