package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Takes out a few old rows at a time, within a transaction of the writer. */
final class RemoveOld {
  /** A step of so many rows takes about ten milliseconds. */
  private static final int ROWS = 250;

  /**
   * After so many steps that find none of a kind its blocks wait no longer; where little goes,
   * there is a step a minute.
   */
  static final int PATIENCE = 60;

  private static final String OLD_ROLLUPS = "DELETE FROM request_rollup WHERE hour <= ?";

  private final Connection connection;
  private final Victims victims;
  private final OrdinarySpans ordinary;

  /** Blocks that something was taken out of, or that wait no longer, since they were asked for. */
  private final Set<Long> touched = new HashSet<>();

  /** Where each kind of rows was taken out last. */
  private final Map<String, Set<Long>> standing = new HashMap<>();

  /** How many steps have found none of a kind since. */
  private final Map<String, Integer> idle = new HashMap<>();

  RemoveOld(Connection connection) throws SQLException {
    this.connection = connection;
    victims = new Victims(connection);
    ordinary = new OrdinarySpans(connection);
  }

  /** Some of those that are older; as many as a step takes while there are more. */
  Removal step(Cutoff before, String reason) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    OrdinarySpans.Found spans = ordinary.next(before.ordinary(), ROWS);
    int left = ROWS - spans.arrivals().size();
    if (!spans.arrivals().isEmpty()) {
      victims.choose(spans.arrivals());
      touch("ordinary spans");
      removeChosen(Kind.SPANS, "span", before, counts);
    }
    for (AgedRows rows : AgedRows.OTHERS) {
      long old = rows.old().applyAsLong(before);
      int chosen = left == 0 ? 0 : victims.choose(rows.select(), old, left);
      if (chosen > 0) {
        if (AgedRows.SUMMED.contains(rows.table())) {
          touch(rows.kind());
        }
        removeChosen(rows.kind(), rows.table(), before, counts);
        left -= chosen;
      }
    }
    if (left > 0) {
      expire();
    }
    long rollups = victims.update(OLD_ROLLUPS, List.of(before.lastHour()));
    counts.put(Kind.REQUEST_ROLLUPS, rollups);
    Removal removal = new Removal(counts, left == 0 || spans.more());
    note(reason, removal.rows(), victims);
    return removal;
  }

  private void removeChosen(String kind, String table, Cutoff before, Map<String, Long> counts)
      throws SQLException {
    if (kind.equals(Kind.EXCEPTIONS)) {
      victims.rememberExceptions();
    } else if (kind.equals(Kind.SPANS)) {
      victims.rememberRequests(before.lastHour());
    }
    victims.remove(kind, table).forEach((each, count) -> counts.merge(each, count, Long::sum));
  }

  /** Blocks that rows were taken out of, or that wait no longer, since this was asked last. */
  Set<Long> takeTouched() {
    Set<Long> taken = Set.copyOf(touched);
    touched.clear();
    return taken;
  }

  /** The blocks in which the next step is likely to go on. */
  Set<Long> standing() {
    Set<Long> blocks = new HashSet<>();
    standing.values().forEach(blocks::addAll);
    return blocks;
  }

  private void touch(String rows) throws SQLException {
    Set<Long> blocks = victims.blocks();
    touched.addAll(blocks);
    standing.put(rows, blocks);
    idle.put(rows, -1);
  }

  /** After a step that has looked for all kinds. */
  private void expire() {
    idle.replaceAll((rows, steps) -> steps + 1);
    idle.forEach(
        (rows, steps) -> {
          if (steps == PATIENCE) {
            touched.addAll(standing.getOrDefault(rows, Set.of()));
            standing.remove(rows);
          }
        });
  }

  /** What goes now that there is no room; empty where nothing may. */
  Optional<Cutoff> slice(long now) throws SQLException {
    return Expiry.slice(
        earlier(ordinary.oldest(), time(AgedRows.OLDEST_ORDINARY)),
        time(AgedRows.OLDEST_LASTING),
        now);
  }

  /** Spans that are older than others may have come. */
  void arrived(List<Row> rows) {
    ordinary.arrived(rows);
  }

  /** Anything may have come. */
  void forget() {
    ordinary.forget();
  }

  private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
    return one.isPresent() && (other.isEmpty() || one.getAsLong() < other.getAsLong())
        ? one
        : other;
  }

  private OptionalLong time(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      long time = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(time);
    }
  }

  /** Counts what was taken out. */
  static void note(String reason, Map<String, Long> counts, Victims victims) throws SQLException {
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      victims.update(
          "INSERT INTO removed (reason, kind, count) VALUES (?, ?, ?)"
              + " ON CONFLICT (reason, kind) DO UPDATE SET count = count + excluded.count",
          List.of(reason, entry.getKey(), entry.getValue()));
    }
  }
}
