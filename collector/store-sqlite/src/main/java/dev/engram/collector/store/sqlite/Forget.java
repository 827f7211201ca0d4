package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.WriteSession.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes out what was said of somebody, and then what is somebody's, some traces at a time: while a
 * trace is there, what was said of it can be found. For one subject; confined to the writer.
 */
final class Forget {
  /** So many traces go in one transaction. */
  private static final int TOGETHER = 50;

  /** What makes a span that has not ended say nothing. */
  static final String BARE =
      "attributes = x'', db_system = NULL, statement = NULL, returned_rows = NULL";

  private static final String OF_TRACES =
      "(trace_high, trace_low) IN (SELECT high, low FROM going_trace)";

  private static final String LOOSE =
      "(span_id, instance) IN (SELECT span_id, instance FROM going_span)"
          + " AND trace_high = 0 AND trace_low = 0";

  /** What is done in a step. */
  private interface Part {
    void run() throws SQLException;
  }

  private final Connection connection;
  private final Subject subject;
  private final Victims victims;

  /** What goes in this step, by kind. */
  private final Map<String, Long> counts = new TreeMap<>();

  /** Targets of what was told that go, as target and id. */
  private final Set<List<String>> targets = new HashSet<>();

  Forget(Subject subject, Connection connection) throws SQLException {
    this.subject = subject;
    this.connection = connection;
    victims = new Victims(connection);
    victims.run(
        "CREATE TEMP TABLE IF NOT EXISTS going_trace (high INTEGER, low INTEGER, PRIMARY KEY"
            + " (high, low)) WITHOUT ROWID");
    victims.run(
        "CREATE TEMP TABLE IF NOT EXISTS going_span (span_id INTEGER, instance INTEGER, PRIMARY"
            + " KEY (span_id, instance)) WITHOUT ROWID");
  }

  /** All that is to be done; each within a transaction. */
  List<Work<Removal>> steps(Subjects found) {
    List<Work<Removal>> steps = new ArrayList<>();
    steps.add(step(() -> told(found)));
    for (List<TraceId> some : parts(found.traces())) {
      steps.add(step(() -> remove(some, List.of())));
    }
    for (List<Subjects.Loose> some : parts(found.loose())) {
      steps.add(step(() -> remove(List.of(), some)));
    }
    return steps;
  }

  /** Counts what goes with this. */
  private Work<Removal> step(Part part) {
    return session -> {
      counts.clear();
      part.run();
      Removal removal = new Removal(counts, false);
      RemoveOld.note(Removed.FORGOTTEN, removal.rows(), victims);
      return removal;
    };
  }

  private static <T> List<List<T>> parts(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += TOGETHER) {
      parts.add(all.subList(from, Math.min(all.size(), from + TOGETHER)));
    }
    return parts;
  }

  private void choose(List<TraceId> traces, List<Subjects.Loose> loose) throws SQLException {
    victims.run("DELETE FROM going_trace");
    for (TraceId trace : traces) {
      victims.update("INSERT INTO going_trace VALUES (?, ?)", List.of(trace.high(), trace.low()));
    }
    victims.run("DELETE FROM going_span");
    for (Subjects.Loose span : loose) {
      victims.update(
          "INSERT INTO going_span VALUES (?, ?)", List.of(span.spanId(), span.instance()));
    }
  }

  private void remove(List<TraceId> traces, List<Subjects.Loose> loose) throws SQLException {
    choose(traces, loose);
    remove(traces.isEmpty() ? LOOSE : OF_TRACES);
  }

  /** What was said of all of them, or by the one that is forgotten. */
  private void told(Subjects found) throws SQLException {
    choose(found.traces(), found.loose());
    found.traces().forEach(trace -> targets.add(List.of("trace", trace.hex())));
    for (String condition : List.of(OF_TRACES, LOOSE)) {
      note("span", "span_id", condition);
      note("decision", "decision_id", condition);
    }
    removeTold(
        Kind.OUTCOMES,
        "outcome",
        "SELECT t.arrival, w.text, t.target_id FROM outcome t JOIN word w ON w.id = t.target");
    removeTold(
        Kind.FEEDBACK,
        "feedback",
        "SELECT t.arrival, w.text, t.target_id FROM feedback t JOIN word w ON w.id = t.target");
    removeSaid();
    scrub("outcome", "author = NULL, comment = NULL");
    scrub("feedback", "author = NULL, comment = NULL");
    scrub("knowledge", "author = NULL");
  }

  private void remove(String condition) throws SQLException {
    remove(Kind.SPANS, "span", condition);
    remove(Kind.EXCEPTIONS, "exception", condition);
    remove(Kind.DECISIONS, "decision", condition);
    remove(Kind.REMEDY_ATTEMPTS, "remedy_attempt", condition);
    victims.run("UPDATE begun SET " + BARE + " WHERE " + condition);
  }

  private void remove(String kind, String table, String condition) throws SQLException {
    removeChosen(
        kind, table, victims.choose("SELECT arrival FROM " + table + " WHERE " + condition));
  }

  private void removeChosen(String kind, String table, int chosen) throws SQLException {
    if (chosen > 0) {
      victims.remove(kind, table).forEach((each, count) -> counts.merge(each, count, Long::sum));
    }
  }

  private void note(String table, String id, String condition) throws SQLException {
    String query = "SELECT " + id + " FROM " + table + " WHERE " + condition;
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        targets.add(List.of(table, String.format("%016x", row.getLong(1))));
      }
    }
  }

  private void removeTold(String kind, String table, String query) throws SQLException {
    List<Long> going = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String target = SqliteText.read(row, 2);
        String id = SqliteText.read(row, 3);
        if (targets.contains(List.of(target, id)) || subject.isTarget(target, id)) {
          going.add(row.getLong(1));
        }
      }
    }
    victims.choose(going);
    removeChosen(kind, table, going.size());
  }

  private void removeSaid() throws SQLException {
    List<Long> going = named("SELECT arrival, value FROM knowledge");
    victims.choose(going);
    removeChosen(Kind.KNOWLEDGE, "knowledge", going.size());
  }

  private void scrub(String table, String change) throws SQLException {
    List<Long> named = named("SELECT arrival, author FROM " + table + " WHERE author IS NOT NULL");
    victims.choose(named);
    victims.update(
        "UPDATE " + table + " SET " + change + " WHERE arrival IN (SELECT arrival FROM victim)",
        List.of());
    if (!named.isEmpty()) {
      counts.merge(Kind.AUTHORS, (long) named.size(), Long::sum);
    }
  }

  private List<Long> named(String query) throws SQLException {
    List<Long> named = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        if (subject.isNamed(SqliteText.readNullable(row, 2))) {
          named.add(row.getLong(1));
        }
      }
    }
    return named;
  }
}
