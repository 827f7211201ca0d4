package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.EscapedException;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** Many traces with few queries. */
final class SelectTraces {
  private static final int AT_A_TIME = 200;

  private static final String WANTED =
      " FROM unnest(?::bigint[], ?::bigint[]) WITH ORDINALITY AS t (high, low, number)";

  /** Each is found by the index on traces, whatever the planner takes their number for. */
  private static final String EACH =
      WANTED
          + " CROSS JOIN LATERAL (%s WHERE s.trace_high = t.high AND s.trace_low = t.low"
          + " AND s.statement IS NULL OFFSET 0) AS s";

  private static final String ENDED =
      "SELECT s.*" + String.format(EACH, SpanColumns.ENDED) + " ORDER BY t.number";

  private static final String IN_PROGRESS =
      SpanColumns.IN_PROGRESS
          + " WHERE s.statement IS NULL AND (s.trace_high, s.trace_low) IN (SELECT t.high, t.low"
          + WANTED
          + ")";

  private static final String ESCAPED =
      "SELECT e.*"
          + WANTED
          + " CROSS JOIN LATERAL (SELECT e.trace_high, e.trace_low, i.uuid, e.span_id, e.time,"
          + " e.arrival FROM exception e JOIN instance i ON i.id = e.instance"
          + " WHERE e.trace_high = t.high AND e.trace_low = t.low AND e.origin = 'escaped'"
          + " OFFSET 0) AS e ORDER BY e.arrival";

  private SelectTraces() {}

  /** As {@link dev.engram.collector.store.StoreReader#traces}. */
  static Map<TraceId, List<StoredSpan>> aside(
      List<TraceId> traceIds, int enough, Connection connection) throws SQLException {
    Map<TraceId, List<StoredSpan>> traces = new LinkedHashMap<>();
    int spans = 0;
    for (int from = 0; from < traceIds.size() && spans < enough; from += AT_A_TIME) {
      List<TraceId> some = traceIds.subList(from, Math.min(traceIds.size(), from + AT_A_TIME));
      Map<TraceId, List<StoredSpan>> read = read(some, enough - spans, connection);
      for (int i = 0; i < some.size() && spans < enough; i++) {
        List<StoredSpan> trace = read.getOrDefault(some.get(i), List.of());
        traces.put(some.get(i), trace);
        spans += trace.size();
      }
    }
    return traces;
  }

  /** The first of these, by start, until they have enough spans. */
  private static Map<TraceId, List<StoredSpan>> read(
      List<TraceId> traceIds, int enough, Connection connection) throws SQLException {
    List<Object> ids = parameters(traceIds);
    List<StoredSpan> spans =
        SelectSpans.sorted(
            SelectSpans.select(connection, ENDED, ids, untilEnough(enough)),
            SelectSpans.select(connection, IN_PROGRESS, ids));
    Map<TraceId, List<StoredSpan>> traces = new HashMap<>();
    for (StoredSpan span : spans) {
      traces.computeIfAbsent(span.row().traceId(), absent -> new ArrayList<>()).add(span);
    }
    return traces;
  }

  /** Takes spans, trace by trace: so many, and what else is of the last one's trace. */
  private static Predicate<StoredSpan> untilEnough(int enough) {
    return new Predicate<>() {
      private TraceId last = TraceId.NONE;
      private int taken;

      @Override
      public boolean test(StoredSpan span) {
        if (taken >= enough && !last.equals(span.row().traceId())) {
          return false;
        }
        last = span.row().traceId();
        taken++;
        return true;
      }
    };
  }

  /** As {@link dev.engram.collector.store.StoreReader#escaped}. */
  static Map<TraceId, List<EscapedException>> escaped(
      Collection<TraceId> traceIds, Connection connection) throws SQLException {
    Map<TraceId, List<EscapedException>> escaped = new HashMap<>();
    Statements.visit(
        connection,
        ESCAPED,
        parameters(traceIds),
        row ->
            Map.entry(
                new TraceId(row.getLong(1), row.getLong(2)),
                new EscapedException(
                    new InstanceId(row.getObject(3, UUID.class)), row.getLong(4), row.getLong(5))),
        it -> escaped.computeIfAbsent(it.getKey(), absent -> new ArrayList<>()).add(it.getValue()));
    return escaped;
  }

  private static List<Object> parameters(Collection<TraceId> traceIds) {
    List<TraceId> distinct = traceIds.stream().distinct().toList();
    return List.of(
        distinct.stream().map(TraceId::high).toArray(Long[]::new),
        distinct.stream().map(TraceId::low).toArray(Long[]::new));
  }
}
