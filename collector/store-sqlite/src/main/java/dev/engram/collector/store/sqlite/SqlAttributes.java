package dev.engram.collector.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The attributes of SQL spans that have columns of their own, so that statements can be summed up.
 * Pure.
 */
final class SqlAttributes {
  private SqlAttributes() {}

  /** Whether spans of this category keep system and statement in columns. */
  static boolean apply(String category) {
    return category.equals(Encoding.SQL_CATEGORY);
  }

  /** The attributes that stay in the blob. */
  static Map<String, Object> others(Map<String, Object> attributes) {
    Map<String, Object> others = new LinkedHashMap<>(attributes);
    removeText(others, Encoding.DB_SYSTEM);
    removeText(others, Encoding.DB_STATEMENT);
    if (others.get(Encoding.DB_ROWS) instanceof Long) {
      others.remove(Encoding.DB_ROWS);
    }
    return others;
  }

  /** Puts the columns' attributes back. */
  static void restore(
      ResultSet row, int system, int statement, int rows, WordTexts words, Map<String, Object> into)
      throws SQLException {
    restore(row, system, Encoding.DB_SYSTEM, words, into);
    restore(row, statement, Encoding.DB_STATEMENT, words, into);
    long returned = row.getLong(rows);
    if (!row.wasNull()) {
      into.put(Encoding.DB_ROWS, returned);
    }
  }

  private static void restore(
      ResultSet row, int column, String key, WordTexts words, Map<String, Object> into)
      throws SQLException {
    long word = row.getLong(column);
    if (!row.wasNull()) {
      into.put(key, words.text(word));
    }
  }

  private static void removeText(Map<String, Object> attributes, String key) {
    if (attributes.get(key) instanceof String) {
      attributes.remove(key);
    }
  }
}
