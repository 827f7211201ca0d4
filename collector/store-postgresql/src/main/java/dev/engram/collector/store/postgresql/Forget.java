package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes out what is somebody's, and what was said of it. For one transaction, which no other
 * removes beside.
 */
final class Forget {
  /** A span that is in no trace. */
  private record Loose(long instance, long spanId) {}

  private record Span(TraceId trace, Loose loose, String attributes) {}

  private record Told(long arrival, String target, String id) {}

  private record Named(long arrival, @Nullable String text) {}

  /** What makes a span that has not ended say nothing. */
  static final String BARE =
      "attributes = '{}', db_system = NULL, statement = NULL, returned_rows = NULL";

  private static final String SPANS =
      "SELECT trace_high, trace_low, instance, span_id, attributes FROM %s"
          + " WHERE jsonb_exists_any(attributes, ARRAY['user.id', 'gen_ai.conversation.id'])";

  private final Connection connection;
  private final Subject subject;
  private final boolean really;
  private final RemoveRows rows;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Set<List<String>> targets = new HashSet<>();

  /**
   * One subject's.
   *
   * @param really false where the transaction will be rolled back, so that nobody need wait for it
   */
  Forget(Subject subject, boolean really, Connection connection) {
    this.subject = subject;
    this.really = really;
    this.connection = connection;
    rows = new RemoveRows(connection, really);
  }

  /** What went, by kind. To find it takes long; batches wait for what follows alone. */
  Map<String, Long> all(Turns turns) throws SQLException {
    List<String> conditions = find();
    if (really) {
      for (String condition : conditions) {
        Statements.execute(connection, "UPDATE begun SET " + BARE + " WHERE " + condition);
      }
      turns.arrivals(0, connection);
    }
    for (String condition : conditions) {
      remove(condition);
    }
    removeTold(Kind.OUTCOMES, "outcome");
    removeTold(Kind.FEEDBACK, "feedback");
    remove(Kind.KNOWLEDGE, "knowledge", named("SELECT arrival, value FROM knowledge"));
    scrub("outcome", "author = NULL, comment = NULL");
    scrub("feedback", "author = NULL, comment = NULL");
    scrub("knowledge", "author = NULL");
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** Conditions on spans, and on what is of them. */
  private List<String> find() throws SQLException {
    Set<TraceId> traces = new HashSet<>();
    Set<Loose> loose = new HashSet<>();
    find(traces, loose);
    List<String> conditions = new ArrayList<>();
    for (TraceId trace : traces) {
      targets.add(List.of("trace", trace.hex()));
      conditions.add("trace_high = " + trace.high() + " AND trace_low = " + trace.low());
    }
    for (Loose span : loose) {
      conditions.add(
          "trace_high = 0 AND trace_low = 0 AND span_id = "
              + span.spanId
              + " AND instance = "
              + span.instance);
    }
    return conditions;
  }

  private void find(Set<TraceId> traces, Set<Loose> loose) throws SQLException {
    if (subject instanceof Subject.Trace trace) {
      traces.add(trace.id());
      traces.remove(TraceId.NONE);
      return;
    }
    for (String table : List.of("span", "begun")) {
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
  }

  private void remove(String condition) throws SQLException {
    note("span", "span_id", condition);
    note("decision", "decision_id", condition);
    remove(Kind.SPANS, "span", condition);
    remove(Kind.EXCEPTIONS, "exception", condition);
    remove(Kind.DECISIONS, "decision", condition);
    remove(Kind.REMEDY_ATTEMPTS, "remedy_attempt", condition);
  }

  private void remove(String kind, String table, String condition) throws SQLException {
    remove(kind, table, rows.select("SELECT arrival FROM " + table + " WHERE " + condition));
  }

  private void remove(String kind, String table, List<Long> arrivals) throws SQLException {
    if (!arrivals.isEmpty()) {
      rows.remove(kind, table, arrivals)
          .forEach((each, count) -> counts.merge(each, count, Long::sum));
    }
  }

  private void note(String table, String id, String condition) throws SQLException {
    for (long found : rows.select("SELECT " + id + " FROM " + table + " WHERE " + condition)) {
      targets.add(List.of(table, String.format("%016x", found)));
    }
  }

  private void removeTold(String kind, String table) throws SQLException {
    List<Long> going = new ArrayList<>();
    Statements.visit(
        connection,
        "SELECT arrival, target, target_id FROM " + table,
        List.of(),
        row ->
            new Told(
                row.getLong(1),
                PostgresText.read(row.getString(2)),
                PostgresText.read(row.getString(3))),
        told -> {
          if (targets.contains(List.of(told.target, told.id))
              || subject.isTarget(told.target, told.id)) {
            going.add(told.arrival);
          }
        });
    remove(kind, table, going);
  }

  private void scrub(String table, String change) throws SQLException {
    List<Long> named = named("SELECT arrival, author FROM " + table);
    if (!named.isEmpty()) {
      Statements.update(
          connection,
          "UPDATE " + table + " SET " + change + " WHERE arrival = ANY (?)",
          (Object) named.toArray(Long[]::new));
      counts.merge(Kind.AUTHORS, (long) named.size(), Long::sum);
    }
  }

  private List<Long> named(String query) throws SQLException {
    List<Long> named = new ArrayList<>();
    Statements.visit(
        connection,
        query,
        List.of(),
        row -> new Named(row.getLong(1), PostgresText.readNullable(row.getString(2))),
        it -> {
          if (subject.isNamed(it.text)) {
            named.add(it.arrival);
          }
        });
    return named;
  }
}
