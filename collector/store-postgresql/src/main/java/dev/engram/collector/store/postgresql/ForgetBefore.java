package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Removed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes out everything before a time. For one transaction, which no other removes beside. */
final class ForgetBefore {
  private static final int ROWS = 5_000;

  private record Rows(String kind, String table, String condition) {}

  private static final List<Rows> ALL =
      List.of(
          new Rows(Kind.SPANS, "span", "start < "),
          timed(Kind.EXCEPTIONS, "exception"),
          timed(Kind.PAYLOAD_PARTS, "payload_part"),
          new Rows(
              Kind.LIFECYCLE,
              "lifecycle",
              "instance IN (SELECT id FROM instance WHERE ended <> 0) AND time < "),
          timed(Kind.MEASUREMENTS, "measurement"),
          timed(Kind.THROW_COUNTS, "throw_count"),
          timed(Kind.DECISIONS, "decision"),
          timed(Kind.OUTCOMES, "outcome"),
          timed(Kind.FEEDBACK, "feedback"),
          timed(Kind.REMEDY_ATTEMPTS, "remedy_attempt"),
          timed(Kind.KNOWLEDGE, "knowledge"));

  private static final String PARTS_OF_SPANS =
      "SELECT count(DISTINCT p.arrival) FROM span s JOIN span_payload r ON r.span = s.arrival"
          + " AND r.payload_id <> 0 JOIN payload_part p ON p.instance = s.instance"
          + " AND p.payload_id = r.payload_id AND p.time >= %1$d WHERE s.start < %1$d";

  private static final String OLD_HOURS = " FROM request_rollup WHERE hour <= ";
  private static final String GONE = " FROM gone_exception WHERE last < ";

  private final Connection connection;
  private final long before;
  private final Turns turns;
  private final RemoveRows rows;
  private final Days days;

  ForgetBefore(long before, Turns turns, Connection connection) {
    this.before = before;
    this.turns = turns;
    this.connection = connection;
    rows = new RemoveRows(connection);
    days = new Days(connection);
  }

  /** How many rows would go, by kind. */
  Removal count() throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (Rows each : ALL) {
      counts.put(each.kind, number(" FROM " + each.table + " WHERE " + each.condition + before));
    }
    long parts = rows.select(String.format(PARTS_OF_SPANS, before)).get(0);
    counts.merge(Kind.PAYLOAD_PARTS, parts, Long::sum);
    counts.put(Kind.REQUEST_ROLLUPS, number(OLD_HOURS + lastHour()));
    counts.put(Kind.EXCEPTION_ROLLUPS, number(GONE + before));
    return new Removal(counts, false);
  }

  /**
   * Takes out the tables of a day, or some rows; at last what had been left of others.
   *
   * @param byRows to take out rows of all days, for which no reader need end first
   */
  Removal step(boolean byRows) throws SQLException {
    LocalDate until = byRows ? LocalDate.MIN : Days.of(before);
    Optional<LocalDate> day = days.oldest().filter(it -> it.isBefore(until));
    Removal removal = day.isPresent() ? dropDay(day.get()) : removeRows();
    if (!removal.more()) {
      days.dropEmpty(until, turns);
    }
    rows.note(Removed.FORGOTTEN, removal.rows());
    return removal;
  }

  private Removal dropDay(LocalDate day) throws SQLException {
    Turns.requireNoReader(connection);
    days.hold(day);
    Map<String, Long> counts = days.count(day);
    turns.dropping(connection);
    days.drop(day);
    return new Removal(counts, true);
  }

  private Removal removeRows() throws SQLException {
    Map<Rows, List<Long>> chosen = choose();
    boolean last = chosen.values().stream().mapToInt(List::size).sum() < ROWS;
    if (last) {
      Statements.execute(
          connection, "UPDATE begun SET " + Forget.BARE + " WHERE start < " + before);
    }
    turns.arrivals(0, connection);
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<Rows, List<Long>> entry : chosen.entrySet()) {
      rows.remove(entry.getKey().kind, entry.getKey().table, entry.getValue())
          .forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    }
    if (last) {
      counts.put(Kind.REQUEST_ROLLUPS, delete(OLD_HOURS + lastHour()));
      counts.put(Kind.EXCEPTION_ROLLUPS, delete(GONE + before));
    }
    return new Removal(counts, !last);
  }

  /** Some of the rows that go. */
  private Map<Rows, List<Long>> choose() throws SQLException {
    Map<Rows, List<Long>> chosen = new LinkedHashMap<>();
    int left = ROWS;
    for (Rows each : ALL) {
      String query = "SELECT arrival FROM " + each.table + " WHERE " + each.condition + before;
      List<Long> some = left == 0 ? List.of() : rows.select(query + " LIMIT " + left);
      if (!some.isEmpty()) {
        chosen.put(each, some);
        left -= some.size();
      }
    }
    return chosen;
  }

  private static Rows timed(String kind, String table) {
    return new Rows(kind, table, "time < ");
  }

  private long lastHour() {
    return Cutoff.of(before).lastHour();
  }

  private long number(String which) throws SQLException {
    return rows.select("SELECT count(*)" + which).get(0);
  }

  private long delete(String which) throws SQLException {
    return Statements.update(connection, "DELETE" + which);
  }
}
