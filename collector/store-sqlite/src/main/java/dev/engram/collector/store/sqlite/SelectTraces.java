package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.EscapedException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Many traces with few queries: for each query the driver asks for the names of all columns, which
 * takes longer than finding a trace.
 */
final class SelectTraces {
  private static final int AT_A_TIME = 200;

  private static final String ENDED = SpanColumns.ENDED_OF_WANTED + " WHERE s.statement IS NULL";
  private static final String IN_PROGRESS =
      SpanColumns.IN_PROGRESS + SelectSpans.OF_TRACE + " AND s.statement IS NULL";

  private static final String ESCAPED =
      "SELECT e.trace_high, e.trace_low, i.uuid, e.span_id, e.time FROM wanted w"
          + " CROSS JOIN exception e ON e.trace_high = w.high AND e.trace_low = w.low"
          + " CROSS JOIN instance i ON i.id = e.instance"
          + " WHERE e.origin = (SELECT id FROM word WHERE text = 'escaped') ORDER BY e.arrival";

  private final ReadConnection connection;

  private SelectTraces(ReadConnection connection) {
    this.connection = connection;
  }

  /** As {@link dev.engram.collector.store.StoreReader#traces}. */
  static Map<TraceId, List<StoredSpan>> aside(
      List<TraceId> traceIds, int enough, ReadConnection connection) throws SQLException {
    return new SelectTraces(connection).aside(traceIds.stream().distinct().toList(), enough);
  }

  private Map<TraceId, List<StoredSpan>> aside(List<TraceId> traceIds, int enough)
      throws SQLException {
    Map<TraceId, List<StoredSpan>> traces = new LinkedHashMap<>();
    Set<TraceId> begun = begun();
    int spans = 0;
    for (int from = 0; from < traceIds.size() && spans < enough; from += AT_A_TIME) {
      List<TraceId> some = traceIds.subList(from, Math.min(traceIds.size(), from + AT_A_TIME));
      Map<TraceId, List<StoredSpan>> ended = ended(some, enough - spans);
      for (int i = 0; i < some.size() && spans < enough; i++) {
        TraceId id = some.get(i);
        List<StoredSpan> trace = ended.getOrDefault(id, new ArrayList<>());
        if (begun.contains(id)) {
          trace.addAll(inProgress(id));
        }
        trace.sort(SelectSpans.OLDEST_FIRST);
        traces.put(id, trace);
        spans += trace.size();
      }
    }
    return traces;
  }

  /** The traces that have a span in progress, which no index leads to. */
  private Set<TraceId> begun() throws SQLException {
    Set<TraceId> begun = new HashSet<>();
    try (PreparedStatement statement =
            connection.prepare("SELECT trace_high, trace_low FROM begun");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        begun.add(new TraceId(row.getLong(1), row.getLong(2)));
      }
    }
    return begun;
  }

  private List<StoredSpan> inProgress(TraceId id) throws SQLException {
    return SpanColumns.select(connection, IN_PROGRESS, List.of(id.high(), id.low()));
  }

  /** Of the first of these, in their order, until so many spans are read. */
  private Map<TraceId, List<StoredSpan>> ended(List<TraceId> traceIds, int enough)
      throws SQLException {
    Map<TraceId, List<StoredSpan>> traces = new HashMap<>();
    try (PreparedStatement statement = prepare(ENDED, traceIds);
        ResultSet row = statement.executeQuery()) {
      int read = 0;
      for (TraceId last = TraceId.NONE; row.next(); read++) {
        StoredSpan span = SpanColumns.read(row, connection);
        TraceId id = span.row().traceId();
        if (read >= enough && !id.equals(last)) {
          return traces;
        }
        traces.computeIfAbsent(id, absent -> new ArrayList<>()).add(span);
        last = id;
      }
    }
    return traces;
  }

  /** As {@link dev.engram.collector.store.StoreReader#escaped}. */
  static Map<TraceId, List<EscapedException>> escaped(
      Collection<TraceId> traceIds, ReadConnection connection) throws SQLException {
    List<TraceId> ids = traceIds.stream().distinct().toList();
    Map<TraceId, List<EscapedException>> escaped = new HashMap<>();
    for (int from = 0; from < ids.size(); from += AT_A_TIME) {
      List<TraceId> some = ids.subList(from, Math.min(ids.size(), from + AT_A_TIME));
      new SelectTraces(connection).addEscaped(some, escaped);
    }
    return escaped;
  }

  private void addEscaped(List<TraceId> traceIds, Map<TraceId, List<EscapedException>> escaped)
      throws SQLException {
    try (PreparedStatement statement = prepare(ESCAPED, traceIds);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        escaped
            .computeIfAbsent(
                new TraceId(row.getLong(1), row.getLong(2)), absent -> new ArrayList<>())
            .add(
                new EscapedException(
                    Instances.id(row.getBytes(3)), row.getLong(4), row.getLong(5)));
      }
    }
  }

  /** A query of a table {@code wanted} of these traces, whose order a cross join keeps. */
  private PreparedStatement prepare(String query, List<TraceId> traceIds) throws SQLException {
    List<Object> parameters = new ArrayList<>();
    for (TraceId id : traceIds) {
      parameters.add(id.high());
      parameters.add(id.low());
    }
    String values = "(?, ?)" + ", (?, ?)".repeat(traceIds.size() - 1);
    return connection.prepare(
        "WITH wanted (high, low) AS (VALUES " + values + ") " + query, parameters);
  }
}
