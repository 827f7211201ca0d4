package dev.engram.agent.instrumentation.jdbc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A statement's text as it is remembered, and what healing must know of it. Immutable; texts that
 * come again are found in a bounded table.
 *
 * @param masked without literals and comments
 * @param operation the first keyword in upper case, such as {@code SELECT}, or null
 * @param target the table or procedure it is about, or null
 * @param plainSelect see {@link PlainSelect}
 */
record SqlText(
    String masked, @Nullable String operation, @Nullable String target, boolean plainSelect) {
  private static final int TABLE_LIMIT = 1024;
  private static final int TABLE_TEXT_LIMIT = 4096;

  private static final ConcurrentMap<String, SqlText> STANDARD = new ConcurrentHashMap<>();
  private static final ConcurrentMap<String, SqlText> QUOTED_STRINGS = new ConcurrentHashMap<>();

  /**
   * @param quotedStrings whether double quotes may hold a string rather than an identifier
   */
  static SqlText of(String sql, boolean quotedStrings) {
    if (sql.length() > TABLE_TEXT_LIMIT) {
      return new SqlMasker(sql, quotedStrings).mask();
    }
    ConcurrentMap<String, SqlText> table = quotedStrings ? QUOTED_STRINGS : STANDARD;
    SqlText known = table.get(sql);
    if (known != null) {
      return known;
    }
    SqlText text = new SqlMasker(sql, quotedStrings).mask();
    // Texts with literals in them never end: starting over is cheap, and keeps those in use.
    if (table.size() >= TABLE_LIMIT) {
      table.clear();
    }
    table.put(sql, text);
    return text;
  }

  /** The span's name: few different ones. */
  String summary() {
    if (operation == null) {
      return "SQL";
    }
    return target == null ? operation : operation + " " + target;
  }
}
