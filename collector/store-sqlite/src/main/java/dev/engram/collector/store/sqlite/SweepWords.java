package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Takes words out of the dictionary that no row refers to, a few rows or words at a time. It first
 * reads every row, then takes out what it has not met; before it does so it reads what has come
 * meanwhile, in the same transaction. A word of no meaning is added first, and stays: the greatest
 * number must never be given again. Confined to the writer.
 */
final class SweepWords {
  private static final int ROWS = 2_000;
  private static final int WORDS = 2_000;

  /**
   * Where words are.
   *
   * @param columns with a word or NULL each
   * @param blobs of attributes; of {@code exception} that of what was thrown
   */
  private record Place(String table, String columns, String blob) {
    String select() {
      return "SELECT arrival"
          + (columns.isEmpty() ? "" : ", " + columns)
          + (blob.isEmpty() ? "" : ", " + blob)
          + " FROM "
          + table;
    }
  }

  private static final List<Place> ROWS_BY_ARRIVAL =
      List.of(
          new Place("span", "kind, category, name, status, db_system, statement", "attributes"),
          new Place("exception", "origin, thread_name, type", "thrown"),
          new Place("lifecycle", "event", "attributes"),
          new Place("measurement", "name, unit", "attributes"),
          new Place("decision", "name, confidence_source", "attributes"),
          new Place("feedback", "target", ""),
          new Place("outcome", "target, key, label", ""),
          new Place("remedy_attempt", "remedy_id, arm, result", ""),
          new Place("throw_count", "type, site", ""));

  private static final List<Place> OTHERS =
      List.of(
          new Place("begun", "kind, category, name, db_system, statement", "attributes"),
          new Place("(SELECT id AS arrival, * FROM instance)", "service", "attributes"),
          new Place("gone_exception", "service, type", ""));

  private static final String PAYLOAD_NAMES =
      "SELECT DISTINCT name FROM span_payload WHERE span > ? AND span <= ?";

  private final Connection connection;
  private final long last;
  private final BitSet met = new BitSet();
  private final long[] read = new long[ROWS_BY_ARRIVAL.size()];
  private int reading;
  private long swept;

  /** Within a transaction. */
  SweepWords(Connection connection) throws SQLException {
    this.connection = connection;
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
    return sweep();
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
    int columns = place.columns.isEmpty() ? 0 : place.columns.split(",").length;
    boolean thrown = place.blob.equals("thrown");
    int rows = 0;
    long arrival = 0;
    try (PreparedStatement statement = prepare(select, parameters);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows++;
        arrival = row.getLong(1);
        for (int column = 2; column < columns + 2; column++) {
          meet(row.getLong(column));
        }
        if (!place.blob.isEmpty()) {
          eachWord(row.getBytes(columns + 2), thrown, this::meet);
        }
      }
    }
    return new Read(rows, arrival);
  }

  private static void eachWord(byte[] blob, boolean thrown, LongConsumer words)
      throws SQLException {
    if (thrown) {
      ThrownBlob.eachWord(blob, words);
    } else {
      AttributeBlob.eachWord(blob, words);
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
