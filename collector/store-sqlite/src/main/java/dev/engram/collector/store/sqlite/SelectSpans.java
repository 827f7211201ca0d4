package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Spans by filter, id and trace. */
final class SelectSpans {
  private static final String NEWEST_FIRST = " ORDER BY s.start DESC, s.arrival DESC LIMIT ?";
  private static final String EARLIEST = " ORDER BY s.start, s.arrival LIMIT ?";
  static final String OF_TRACE = " WHERE s.trace_high = ? AND s.trace_low = ?";
  private static final String BY_ARRIVAL = " ORDER BY s.arrival LIMIT ?";
  private static final String COUNT_OF_TRACE =
      "SELECT count(*) FROM (SELECT 1 FROM span WHERE trace_high = ?1 AND trace_low = ?2 UNION ALL"
          + " SELECT 1 FROM begun s JOIN instance i ON i.id = s.instance AND i.ended = 0"
          + " WHERE s.trace_high = ?1 AND s.trace_low = ?2 LIMIT ?3)";
  private static final int IDS_AT_A_TIME = 500;

  /** The index {@code span_by_kind} has no shorter ones; SQLite takes it where a query says so. */
  private static final long SLOW_NANOS = 100_000_000;

  private static final String SLOW = "s.duration >= " + SLOW_NANOS;
  static final Comparator<StoredSpan> OLDEST_FIRST =
      Comparator.comparingLong((StoredSpan span) -> span.row().startEpochNanos())
          .thenComparingLong(StoredSpan::arrival);

  private SelectSpans() {}

  static List<StoredSpan> ended(SpanFilter filter, ReadConnection connection) throws SQLException {
    if (filter.minDurationNanos() < SLOW_NANOS && SelectLongRequests.canAnswer(filter)) {
      Optional<List<StoredSpan>> latest = SelectLongRequests.latest(filter, connection);
      if (latest.isPresent()) {
        return latest.get();
      }
    }
    return byIndex(filter, connection);
  }

  private static List<StoredSpan> byIndex(SpanFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions = conditionsOfEnded(filter, connection);
    String order = filter.afterArrival() != 0 ? BY_ARRIVAL : NEWEST_FIRST;
    return SpanColumns.select(
        connection,
        SpanColumns.ENDED + conditions.where() + order,
        conditions.parametersAnd(limit(filter.limit())));
  }

  /** Hands them over, oldest first. */
  static boolean visit(SpanFilter filter, Consumer<StoredSpan> visitor, ReadConnection connection)
      throws SQLException {
    if (SelectCalls.canAnswer(filter) && SelectCalls.visit(filter, visitor, connection)) {
      return true;
    }
    Conditions conditions = conditionsOfEnded(filter, connection);
    SpanColumns.visit(
        connection,
        SpanColumns.ENDED_ALONE + conditions.where() + EARLIEST,
        conditions.parametersAnd(limit(filter.limit())),
        visitor);
    return true;
  }

  static List<StoredSpan> inProgress(SpanFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        ConditionSql.add(conditions(filter), filter.where(), FieldColumns.IN_PROGRESS, connection);
    return SpanColumns.select(
        connection,
        SpanColumns.IN_PROGRESS + conditions.where() + NEWEST_FIRST,
        conditions.parametersAnd(limit(filter.limit())));
  }

  static Optional<StoredSpan> byId(long spanId, ReadConnection connection) throws SQLException {
    String newest = " WHERE s.span_id = ?" + NEWEST_FIRST;
    List<Object> parameters = List.of(spanId, 1);
    List<StoredSpan> ended = SpanColumns.select(connection, SpanColumns.ENDED + newest, parameters);
    return (ended.isEmpty()
            ? SpanColumns.select(connection, SpanColumns.IN_PROGRESS + newest, parameters)
            : ended)
        .stream().findFirst();
  }

  /** With payloads, without exceptions. */
  static StoredSpan byArrival(long arrival, ReadConnection connection) throws SQLException {
    String query = SpanColumns.ENDED_WITH_PAYLOADS + " WHERE s.arrival = ?";
    return SpanColumns.select(connection, query, List.of(arrival)).get(0);
  }

  /** Without payloads and exceptions. */
  static List<StoredSpan> byIds(Set<Long> spanIds, ReadConnection connection) throws SQLException {
    List<Object> ids = new ArrayList<>(spanIds);
    List<StoredSpan> spans = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += IDS_AT_A_TIME) {
      List<Object> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_A_TIME));
      String where = " WHERE s.span_id IN (?" + ", ?".repeat(some.size() - 1) + ")";
      spans.addAll(SpanColumns.select(connection, SpanColumns.ENDED_ALONE + where, some));
      spans.addAll(SpanColumns.select(connection, SpanColumns.IN_PROGRESS_ALONE + where, some));
    }
    spans.sort(OLDEST_FIRST);
    return spans;
  }

  static List<StoredSpan> trace(TraceId traceId, ReadConnection connection) throws SQLException {
    return oldestFirst(
        SpanColumns.ENDED + OF_TRACE,
        SpanColumns.IN_PROGRESS + OF_TRACE,
        List.of(traceId.high(), traceId.low()),
        connection);
  }

  static boolean hasMore(TraceId traceId, int than, ReadConnection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(COUNT_OF_TRACE, traceId.high(), traceId.low(), than + 1);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getInt(1) > than;
    }
  }

  /** The first spans of a trace, at least so many of them, without payloads and exceptions. */
  static List<StoredSpan> firstOfTrace(TraceId traceId, int atLeast, ReadConnection connection)
      throws SQLException {
    return oldestFirst(
        SpanColumns.ENDED_ALONE + OF_TRACE + EARLIEST,
        SpanColumns.IN_PROGRESS_ALONE + OF_TRACE + EARLIEST,
        List.of(traceId.high(), traceId.low(), atLeast),
        connection);
  }

  /** SQLite's word for no limit is -1. */
  static int limit(int limit) {
    return limit == 0 ? -1 : limit;
  }

  private static List<StoredSpan> oldestFirst(
      String ended, String inProgress, List<Object> parameters, ReadConnection connection)
      throws SQLException {
    List<StoredSpan> spans = new ArrayList<>(SpanColumns.select(connection, ended, parameters));
    spans.addAll(SpanColumns.select(connection, inProgress, parameters));
    spans.sort(OLDEST_FIRST);
    return spans;
  }

  static Conditions conditionsOfEnded(SpanFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions = conditions(filter);
    if (RareCategories.contain(filter.category())) {
      conditions.and("s.rare = 1");
    }
    if (filter.minDurationNanos() >= SLOW_NANOS && filter.afterArrival() == 0) {
      conditions.and(SLOW);
    }
    conditions
        .andWord("s.status", filter.status())
        .andUnlessZero("s.duration >= ?", filter.minDurationNanos())
        .andUnlessZero("s.arrival > ?", filter.afterArrival());
    return ConditionSql.add(conditions, filter.where(), FieldColumns.ENDED, connection);
  }

  private static Conditions conditions(SpanFilter filter) {
    // From one page to the next by arrival, the index on starts would sort all of them for each.
    String start = filter.afterArrival() == 0 ? "s.start" : "+s.start";
    return new Conditions()
        .andUnlessZero(start + " >= ?", filter.sinceEpochNanos())
        .andUnlessZero(start + " < ?", filter.untilEpochNanos())
        .andWord("i.service", filter.service())
        .andWord("s.kind", filter.kind())
        .andWord("s.category", filter.category());
  }
}
