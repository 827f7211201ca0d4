package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Spans by filter, id and trace. */
final class SelectSpans {
  private static final int PAYLOADS = 22;

  /** Of few spans among many others. */
  static final String RARE = "s.category IN ('ai', 'tool', 'workflow', 'node')";

  /** Of all others. */
  static final String COMMON = "s.category NOT IN ('ai', 'tool', 'workflow', 'node')";

  private static final Set<String> RARE_CATEGORIES = Set.of("ai", "tool", "workflow", "node");
  static final String NEWEST_FIRST = " ORDER BY s.start DESC, s.arrival DESC";
  private static final String OLDEST_FIRST = " ORDER BY s.start, s.arrival";
  private static final String OF_TRACE = " WHERE s.trace_high = ? AND s.trace_low = ?";
  private static final Comparator<StoredSpan> ORDER =
      Comparator.comparingLong((StoredSpan span) -> span.row().startEpochNanos())
          .thenComparingLong(StoredSpan::arrival);

  /**
   * A span and how many payloads it has.
   *
   * @param payloads which are not read yet: one query at a time
   */
  private record Found(StoredSpan span, int payloads) {}

  private SelectSpans() {}

  static List<StoredSpan> ended(SpanFilter filter, Connection connection) throws SQLException {
    Conditions conditions = ofEnded(filter, connection);
    String order = filter.afterArrival() != 0 ? " ORDER BY s.arrival" : NEWEST_FIRST;
    return select(
        connection,
        SpanColumns.ENDED + conditions.where() + order + Conditions.limit(filter.limit()),
        conditions.parameters());
  }

  /** Hands them over, oldest first. */
  static boolean visit(SpanFilter filter, Consumer<StoredSpan> visitor, Connection connection)
      throws SQLException {
    Conditions conditions = ofEnded(filter, connection);
    Statements.visit(
        connection,
        SpanColumns.ENDED_ALONE
            + conditions.where()
            + OLDEST_FIRST
            + Conditions.limit(filter.limit()),
        conditions.parameters(),
        SpanColumns::read,
        visitor);
    return true;
  }

  static List<StoredSpan> inProgress(SpanFilter filter, Connection connection) throws SQLException {
    Conditions conditions =
        RowsThatMeet.addOfSpans(
            conditions(filter), filter.where(), SpanColumns.IN_PROGRESS_ALONE, connection);
    return select(
        connection,
        SpanColumns.IN_PROGRESS
            + conditions.where()
            + NEWEST_FIRST
            + Conditions.limit(filter.limit()),
        conditions.parameters());
  }

  static Optional<StoredSpan> byId(long spanId, Connection connection) throws SQLException {
    String newest = " WHERE s.span_id = ?" + NEWEST_FIRST + Conditions.limit(1);
    List<StoredSpan> ended = select(connection, SpanColumns.ENDED + newest, List.of(spanId));
    return (ended.isEmpty()
            ? select(connection, SpanColumns.IN_PROGRESS + newest, List.of(spanId))
            : ended)
        .stream().findFirst();
  }

  /** Without payloads and exceptions. */
  static List<StoredSpan> byIds(Set<Long> spanIds, Connection connection) throws SQLException {
    List<Object> ids = List.of((Object) spanIds.toArray(Long[]::new));
    String where = " WHERE s.span_id = ANY (?)";
    return sorted(
        select(connection, SpanColumns.ENDED_ALONE + where, ids),
        select(connection, SpanColumns.IN_PROGRESS_ALONE + where, ids));
  }

  static List<StoredSpan> trace(TraceId traceId, Connection connection) throws SQLException {
    List<Object> id = List.of(traceId.high(), traceId.low());
    return sorted(
        select(connection, SpanColumns.ENDED + OF_TRACE, id),
        select(connection, SpanColumns.IN_PROGRESS + OF_TRACE, id));
  }

  /** The first spans of a trace, at least so many of them, without payloads and exceptions. */
  static List<StoredSpan> firstOfTrace(TraceId traceId, int atLeast, Connection connection)
      throws SQLException {
    List<Object> id = List.of(traceId.high(), traceId.low());
    String first = OF_TRACE + OLDEST_FIRST + Conditions.limit(atLeast);
    return sorted(
        select(connection, SpanColumns.ENDED_ALONE + first, id),
        select(connection, SpanColumns.IN_PROGRESS_ALONE + first, id));
  }

  static boolean hasMore(TraceId traceId, int than, Connection connection) throws SQLException {
    String counted =
        "SELECT count(*) FROM (SELECT 1 FROM span s"
            + OF_TRACE
            + " UNION ALL SELECT 1 FROM begun s JOIN instance i ON i.id = s.instance AND i.ended = 0"
            + OF_TRACE
            + Conditions.limit(than + 1)
            + ") AS first";
    List<Object> id = List.of(traceId.high(), traceId.low(), traceId.high(), traceId.low());
    return Statements.select(connection, counted, id, row -> row.getLong(1)).get(0) > than;
  }

  /** What {@link SpanColumns#ENDED} or {@link SpanColumns#IN_PROGRESS} selects, with payloads. */
  static List<StoredSpan> select(Connection connection, String query, List<Object> parameters)
      throws SQLException {
    return select(connection, query, parameters, span -> true);
  }

  /**
   * The same.
   *
   * @param wanted is asked of one after the other; where it is false, that one and all others are
   *     left out
   */
  static List<StoredSpan> select(
      Connection connection, String query, List<Object> parameters, Predicate<StoredSpan> wanted)
      throws SQLException {
    List<Found> found = new ArrayList<>();
    Statements.visitWhile(
        connection,
        query,
        parameters,
        row -> new Found(SpanColumns.read(row), row.getInt(PAYLOADS)),
        one -> wanted.test(one.span()) && found.add(one));
    List<Long> carriers =
        found.stream().filter(one -> one.payloads() > 0).map(one -> one.span().arrival()).toList();
    Map<Long, List<PayloadReference>> payloads = SpanColumns.payloads(carriers, connection);
    return found.stream()
        .map(Found::span)
        .map(span -> SpanColumns.with(payloads.getOrDefault(span.arrival(), List.of()), span))
        .toList();
  }

  /** By start, then by arrival. */
  static List<StoredSpan> sorted(List<StoredSpan> ended, List<StoredSpan> inProgress) {
    List<StoredSpan> all = new ArrayList<>(ended);
    all.addAll(inProgress);
    all.sort(ORDER);
    return all;
  }

  private static Conditions ofEnded(SpanFilter filter, Connection connection) throws SQLException {
    Conditions conditions = conditions(filter);
    if (filter.category() != null && RARE_CATEGORIES.contains(filter.category())) {
      conditions.and(RARE);
    }
    conditions
        .andText("s.status", filter.status())
        .andUnlessZero("s.duration >= ?", filter.minDurationNanos())
        .andUnlessZero("s.arrival > ?", filter.afterArrival());
    return RowsThatMeet.addOfSpans(conditions, filter.where(), SpanColumns.ENDED_ALONE, connection);
  }

  private static Conditions conditions(SpanFilter filter) {
    return new Conditions()
        .andUnlessZero("s.start >= ?", filter.sinceEpochNanos())
        .andUnlessZero("s.start < ?", filter.untilEpochNanos())
        .andText("i.service", filter.service())
        .andText("s.kind", filter.kind())
        .andText("s.category", filter.category());
  }
}
