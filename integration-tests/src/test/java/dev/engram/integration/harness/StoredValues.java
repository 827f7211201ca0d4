package dev.engram.integration.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Every value of every table of a memory's database: in its file a long one lies in pieces, which
 * no search of the file's bytes would see together. So do the parts of a large payload, which are
 * put together too. Immutable.
 */
public final class StoredValues {
  private static final String PARTS =
      "SELECT p.instance, p.payload_id, c.bytes FROM payload_part p"
          + " JOIN content c ON c.id = p.content ORDER BY p.instance, p.payload_id, p.part";

  private final List<byte[]> values;

  private StoredValues(List<byte[]> values) {
    this.values = values;
  }

  /** Those of the home's store, which nobody writes to. */
  public static StoredValues of(Path home) throws SQLException {
    List<byte[]> values = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("store/engram.db"));
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        addAll(statement, table, values);
      }
      addPayloads(statement, values);
    }
    return new StoredValues(values);
  }

  /** Those that hold this word, however it is written. */
  public List<String> holding(String word) {
    return values.stream()
        .filter(value -> Spellings.anyIn(value, word))
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static void addAll(Statement statement, String table, List<byte[]> values)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      while (rows.next()) {
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          Object value = rows.getObject(column);
          values.add(
              value instanceof byte[] bytes
                  ? bytes
                  : String.valueOf(value).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static void addPayloads(Statement statement, List<byte[]> values) throws SQLException {
    String last = "";
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    try (ResultSet rows = statement.executeQuery(PARTS)) {
      while (rows.next()) {
        String id = rows.getString(1) + " " + rows.getString(2);
        if (!id.equals(last)) {
          values.add(payload.toByteArray());
          payload.reset();
          last = id;
        }
        payload.writeBytes(rows.getBytes(3));
      }
    }
    values.add(payload.toByteArray());
  }
}
