package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.ThrownStack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values become columns; shared by the inserts of one connection. Confined to the writer. */
final class Encoding {
  static final String DB_SYSTEM = "db.system.name";
  static final String DB_STATEMENT = "db.query.text";
  static final String DB_ROWS = "db.response.returned_rows";
  static final String SQL_CATEGORY = "sql";

  final Words words;
  final Contents contents;
  private final BlobWriter blob = new BlobWriter();

  Encoding(Connection connection) throws SQLException {
    words = new Words(connection);
    contents = new Contents(connection);
  }

  void word(PreparedStatement insert, int index, String text) throws SQLException {
    insert.setLong(index, words.id(text));
  }

  void attributes(PreparedStatement insert, int index, Map<String, Object> attributes)
      throws SQLException {
    insert.setBytes(index, AttributeBlob.encode(attributes, words, blob));
  }

  void strings(PreparedStatement insert, int index, List<String> strings) throws SQLException {
    insert.setBytes(index, strings(strings));
  }

  byte[] strings(List<String> strings) {
    return StringListBlob.encode(strings, blob);
  }

  void thrown(PreparedStatement insert, int index, ThrownStack thrown) throws SQLException {
    insert.setBytes(index, ThrownBlob.encode(thrown, words, blob));
  }

  /** The word of a string attribute at {@code index}; NULL when there is none. */
  void wordOf(PreparedStatement insert, int index, @Nullable Object value) throws SQLException {
    insert.setObject(index, value instanceof String text ? words.id(text) : null);
  }

  /** A whole number at {@code index}; NULL when it is none. */
  static void numberOf(PreparedStatement insert, int index, @Nullable Object value)
      throws SQLException {
    insert.setObject(index, value instanceof Long number ? number : null);
  }

  static void nanAsNull(PreparedStatement insert, int index, double value) throws SQLException {
    insert.setObject(index, Double.isNaN(value) ? null : value);
  }
}
