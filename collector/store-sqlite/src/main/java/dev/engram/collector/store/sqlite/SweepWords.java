package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes words and stacks out that no row refers to, a few at a time. It first reads every row, then
 * takes out what it has not met; before it does so it reads what has come meanwhile, in the same
 * transaction. A word of no meaning is added first, and stays: the greatest number must never be
 * given again. Confined to the writer.
 */
final class SweepWords {
  private static final int ROWS = 2_000;
  private static final int WORDS = 2_000;

  /**
   * Where words are.
   *
   * @param columns with a word or NULL each
   * @param blob of attributes; of {@code exception} that of what was thrown
   * @param stacks whose stacks are referred to in the blob, or by which hash
   */
  private record Place(String table, String columns, String blob, String stacks) {
    Place(String table, String columns, String blob) {
      this(table, columns, blob, "");
    }

    String select() {
      return Stream.of("arrival", columns, blob, stacks)
              .filter(each -> !each.isEmpty())
              .collect(Collectors.joining(", ", "SELECT ", " FROM "))
          + table;
    }

    /** Where in a row of the result the blob is, or would be. */
    int afterColumns() {
      return 2 + (columns.isEmpty() ? 0 : columns.split(",").length);
    }
  }

  private static final List<Place> ROWS_BY_ARRIVAL =
      List.of(
          new Place("span", "kind, category, name, status, db_system, statement", "attributes"),
          new Place("exception", "origin, thread_name, type", "thrown", "instance"),
          new Place("lifecycle", "event", "attributes"),
          new Place("measurement", "name, unit", "attributes"),
          new Place("decision", "name, confidence_source", "attributes"),
          new Place("feedback", "target", ""),
          new Place("outcome", "target, key, label", ""),
          new Place("remedy_attempt", "remedy_id, arm, result", ""),
          new Place("throw_count", "type, site", "", "instance, stack"));

  private static final List<Place> OTHERS =
      List.of(
          new Place("begun", "kind, category, name, db_system, statement", "attributes"),
          new Place("(SELECT id AS arrival, * FROM instance)", "service", "attributes"),
          new Place("gone_exception", "service, type", ""));

  private static final String PAYLOAD_NAMES =
      "SELECT DISTINCT name FROM span_payload WHERE span > ? AND span <= ?";

  private final Connection connection;
  private final long last;
  private final SweepStacks stacks;
  private final BitSet met = new BitSet();
  private final long[] read = new long[ROWS_BY_ARRIVAL.size()];
  private int reading;
  private long swept;

  /** Within a transaction. */
  SweepWords(Connection connection) throws SQLException {
    this.connection = connection;
    stacks = new SweepStacks(connection);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "INSERT INTO word (text) VALUES (hex(randomblob(16))) RETURNING id")) {
      row.next();
      last = row.getLong(1);
    }
  }

  /** Goes on, within a transaction; whether there is more to do. */
  boolean step() throws SQLException {
    if (reading < ROWS_BY_ARRIVAL.size()) {
      if (read(reading, ROWS) < ROWS) {
        reading++;
      }
      return true;
    }
    for (int place = 0; place < ROWS_BY_ARRIVAL.size(); place++) {
      read(place, Integer.MAX_VALUE);
    }
    for (Place place : OTHERS) {
      read(place, place.select(), List.of());
    }
    boolean words = sweep();
    return stacks.sweep() || words;
  }

  /** Reads some rows of a table behind those that were read; how many. */
  private int read(int index, int most) throws SQLException {
    Place place = ROWS_BY_ARRIVAL.get(index);
    long before = read[index];
    String select = place.select() + " WHERE arrival > ? ORDER BY arrival LIMIT ?";
    Read result = read(place, select, List.of(before, (long) most));
    read[index] = Math.max(before, result.arrival);
    if (place.table.equals("span") && result.rows > 0) {
      readNames(before, result.arrival);
    }
    return result.rows;
  }

  private record Read(int rows, long arrival) {}

  private Read read(Place place, String select, List<Long> parameters) throws SQLException {
    int rows = 0;
    long arrival = 0;
    try (PreparedStatement statement = prepare(select, parameters);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows++;
        arrival = row.getLong(1);
        meet(place, row);
      }
    }
    return new Read(rows, arrival);
  }

  private void meet(Place place, ResultSet row) throws SQLException {
    int next = place.afterColumns();
    for (int column = 2; column < next; column++) {
      meet(row.getLong(column));
    }
    if (place.blob.equals("thrown")) {
      long instance = row.getLong(next + 1);
      ThrownBlob.each(row.getBytes(next), this::meet, hash -> stacks.meet(instance, hash));
    } else if (!place.blob.isEmpty()) {
      AttributeBlob.eachWord(row.getBytes(next), this::meet);
    } else if (!place.stacks.isEmpty()) {
      stacks.meet(row.getLong(next), row.getLong(next + 1));
    }
  }

  private void readNames(long after, long until) throws SQLException {
    try (PreparedStatement statement = prepare(PAYLOAD_NAMES, List.of(after, until));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        meet(row.getLong(1));
      }
    }
  }

  private boolean sweep() throws SQLException {
    List<Long> words = words();
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM word WHERE id = ?")) {
      for (long word : words) {
        if (!met.get((int) word)) {
          delete.setLong(1, word);
          delete.addBatch();
        }
        swept = word;
      }
      delete.executeBatch();
    }
    return words.size() == WORDS;
  }

  private List<Long> words() throws SQLException {
    List<Long> words = new ArrayList<>();
    try (PreparedStatement statement =
            prepare(
                "SELECT id FROM word WHERE id > ? AND id < ? ORDER BY id LIMIT " + WORDS,
                List.of(swept, last));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        words.add(row.getLong(1));
      }
    }
    return words;
  }

  private PreparedStatement prepare(String sql, List<Long> parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setLong(i + 1, parameters.get(i));
    }
    return statement;
  }

  private void meet(long word) {
    if (word > 0 && word < last) {
      met.set((int) word);
    }
  }
}
