package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Finds which traces, and spans without one, are somebody's, and notes them for the transaction.
 * Reads every span.
 */
final class Subjects {
  /** A span that is in no trace. */
  private record Loose(long instance, long spanId) {}

  private record Span(TraceId trace, Loose loose, String attributes) {}

  private static final String SPANS =
      "SELECT trace_high, trace_low, instance, span_id, attributes FROM %s"
          + " WHERE jsonb_exists_any(attributes, ARRAY['user.id', 'gen_ai.conversation.id'])";

  private static final String OF_TRACES =
      "(trace_high, trace_low) IN (SELECT high, low FROM going_trace)";

  private static final String LOOSE =
      "trace_high = 0 AND trace_low = 0"
          + " AND (instance, span_id) IN (SELECT instance, span_id FROM going_span)";

  private final Connection connection;
  private final Set<TraceId> traces = new HashSet<>();
  private final Set<Loose> loose = new HashSet<>();

  Subjects(Subject subject, Connection connection) throws SQLException {
    this.connection = connection;
    if (subject instanceof Subject.Trace trace) {
      traces.add(trace.id());
      traces.remove(TraceId.NONE);
    } else {
      lookThrough("span", subject);
      lookThrough("begun", subject);
    }
    note("going_trace", "high", traces, TraceId::high, "low", TraceId::low);
    note("going_span", "instance", loose, Loose::instance, "span_id", Loose::spanId);
  }

  Set<TraceId> traces() {
    return traces;
  }

  /** On spans, and on what is of them; none where there is nothing. */
  List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (!traces.isEmpty()) {
      conditions.add(OF_TRACES);
    }
    if (!loose.isEmpty()) {
      conditions.add(LOOSE);
    }
    return conditions;
  }

  private void lookThrough(String table, Subject subject) throws SQLException {
    Statements.visit(
        connection,
        String.format(SPANS, table),
        List.of(),
        row ->
            new Span(
                new TraceId(row.getLong(1), row.getLong(2)),
                new Loose(row.getLong(3), row.getLong(4)),
                row.getString(5)),
        span -> {
          if (subject.has(PostgresJson.readAttributes(span.attributes))) {
            if (span.trace.equals(TraceId.NONE)) {
              loose.add(span.loose);
            } else {
              traces.add(span.trace);
            }
          }
        });
  }

  private <T> void note(
      String table,
      String first,
      Set<T> all,
      ToLongFunction<T> ofFirst,
      String second,
      ToLongFunction<T> ofSecond)
      throws SQLException {
    String columns = first + " bigint, " + second + " bigint";
    Statements.execute(
        connection, "CREATE TEMP TABLE " + table + " (" + columns + ") ON COMMIT DROP");
    List<T> some = List.copyOf(all);
    Statements.update(
        connection,
        "INSERT INTO " + table + " SELECT * FROM unnest(?::bigint[], ?::bigint[])",
        some.stream().map(ofFirst::applyAsLong).toArray(Long[]::new),
        some.stream().map(ofSecond::applyAsLong).toArray(Long[]::new));
    // How many there are decides whether indexes are worth it.
    Statements.execute(connection, "ANALYZE " + table);
  }
}
