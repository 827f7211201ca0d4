package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
  /** Rows of a trace: their table, and by what people refer to them, if they do. */
  private record OfTrace(String kind, String table, @Nullable String id) {}

  private record Row(LocalDate day, long arrival, long id) {}

  private record Told(long arrival, String target, String id) {}

  private record Named(long arrival, @Nullable String text) {}

  /** What makes a span that has not ended say nothing. */
  static final String BARE =
      "attributes = '{}', db_system = NULL, statement = NULL, returned_rows = NULL";

  private static final List<OfTrace> OF_TRACES =
      List.of(
          new OfTrace(Kind.SPANS, "span", "span_id"),
          new OfTrace(Kind.EXCEPTIONS, "exception", null),
          new OfTrace(Kind.DECISIONS, "decision", "decision_id"),
          new OfTrace(Kind.REMEDY_ATTEMPTS, "remedy_attempt", null));

  private final Connection connection;
  private final Subject subject;
  private final boolean really;
  private final RemoveRows rows;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Set<List<String>> targets = new HashSet<>();

  /** The arrivals of rows that go, by table, then by day. */
  private final Map<OfTrace, Map<LocalDate, List<Long>>> going = new LinkedHashMap<>();

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
    Subjects found = new Subjects(subject, connection);
    found.traces().forEach(trace -> targets.add(List.of("trace", trace.hex())));
    long next = rows.select("SELECT next_arrival FROM sequence").get(0);
    choose(found.conditions(), 0);
    if (really) {
      for (String condition : found.conditions()) {
        Statements.execute(connection, "UPDATE begun SET " + BARE + " WHERE " + condition);
      }
      turns.arrivals(0, connection);
      choose(found.conditions(), next);
    }
    removeChosen();
    removeTold(Kind.OUTCOMES, "outcome");
    removeTold(Kind.FEEDBACK, "feedback");
    remove(Kind.KNOWLEDGE, "knowledge", named("SELECT arrival, value FROM knowledge"));
    scrub("outcome", "author = NULL, comment = NULL");
    scrub("feedback", "author = NULL, comment = NULL");
    scrub("knowledge", "author = NULL");
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** Of what arrived at this or later. */
  private void choose(List<String> conditions, long first) throws SQLException {
    for (OfTrace each : OF_TRACES) {
      for (String condition : conditions) {
        Statements.visit(
            connection,
            "SELECT day, arrival, %s FROM %s WHERE arrival >= %d AND %s"
                .formatted(each.id == null ? "0" : each.id, each.table, first, condition),
            List.of(),
            row -> new Row(row.getObject(1, LocalDate.class), row.getLong(2), row.getLong(3)),
            row -> choose(each, row));
      }
    }
  }

  private void choose(OfTrace of, Row row) {
    going
        .computeIfAbsent(of, absent -> new TreeMap<>())
        .computeIfAbsent(row.day, absent -> new ArrayList<>())
        .add(row.arrival);
    if (of.id != null) {
      targets.add(List.of(of.table, String.format("%016x", row.id)));
    }
  }

  private void removeChosen() throws SQLException {
    for (Map.Entry<OfTrace, Map<LocalDate, List<Long>>> of : going.entrySet()) {
      for (Map.Entry<LocalDate, List<Long>> day : of.getValue().entrySet()) {
        OfTrace each = of.getKey();
        count(rows.removeOf(day.getKey(), each.kind, each.table, day.getValue()));
      }
    }
  }

  private void remove(String kind, String table, List<Long> arrivals) throws SQLException {
    if (!arrivals.isEmpty()) {
      count(rows.remove(kind, table, arrivals));
    }
  }

  private void count(Map<String, Long> gone) {
    gone.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
  }

  private void removeTold(String kind, String table) throws SQLException {
    List<Long> told = new ArrayList<>();
    Statements.visit(
        connection,
        "SELECT arrival, target, target_id FROM " + table,
        List.of(),
        row ->
            new Told(
                row.getLong(1),
                PostgresText.read(row.getString(2)),
                PostgresText.read(row.getString(3))),
        it -> {
          if (targets.contains(List.of(it.target, it.id)) || subject.isTarget(it.target, it.id)) {
            told.add(it.arrival);
          }
        });
    remove(kind, table, told);
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
