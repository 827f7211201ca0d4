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
  private static final Dialect SQLITE =
      new Dialect(
          "SELECT name FROM sqlite_schema WHERE type = 'table'",
          "SELECT p.instance, p.payload_id, c.bytes FROM payload_part p"
              + " JOIN content c ON c.id = p.content ORDER BY p.instance, p.payload_id, p.part");

  private static final Dialect POSTGRESQL =
      new Dialect(
          "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid ="
              + " c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
              + " AND n.nspname = 'engram'",
          "SELECT p.instance, p.payload_id, c.bytes FROM engram.payload_part p"
              + " JOIN engram.content c ON c.hash = p.content AND c.day = p.day"
              + " ORDER BY p.instance, p.payload_id, p.part");

  /**
   * How a database is asked.
   *
   * @param tables gives their names
   * @param parts gives instance, payload and bytes of each part, in order
   */
  private record Dialect(String tables, String parts) {}

  private final List<byte[]> values;

  private StoredValues(List<byte[]> values) {
    this.values = values;
  }

  /** Those of the home's store, which nobody writes to. */
  public static StoredValues of(Path home) throws SQLException {
    return ofSqlite(home.resolve("store/engram.db"));
  }

  /** Those of one file, which nobody writes to. */
  public static StoredValues ofSqlite(Path file) throws SQLException {
    return read("jdbc:sqlite:" + file, SQLITE);
  }

  /**
   * Those of a database.
   *
   * @param url with its user
   */
  public static StoredValues ofPostgresql(String url) throws SQLException {
    return read(url, POSTGRESQL);
  }

  /** Those that hold this word, however it is written. */
  public List<String> holding(String word) {
    return values.stream()
        .filter(value -> Spellings.anyIn(value, word))
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  private static StoredValues read(String url, Dialect dialect) throws SQLException {
    List<byte[]> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement, dialect)) {
        addAll(statement, table, values);
      }
      addPayloads(statement, dialect, values);
    }
    return new StoredValues(values);
  }

  private static List<String> tables(Statement statement, Dialect dialect) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(dialect.tables)) {
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

  private static void addPayloads(Statement statement, Dialect dialect, List<byte[]> values)
      throws SQLException {
    String last = "";
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    try (ResultSet rows = statement.executeQuery(dialect.parts)) {
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
