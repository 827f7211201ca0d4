package dev.engram.agent.instrumentation.jdbc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A statement's text as it is remembered, and what healing must know of it. Thread-safe; texts that
 * come again are found in a bounded table.
 */
final class SqlText {
  private static final int TABLE_LIMIT = 1024;
  private static final int TABLE_TEXT_LIMIT = 4096;

  private static final ConcurrentMap<String, SqlText> STANDARD = new ConcurrentHashMap<>();
  private static final ConcurrentMap<String, SqlText> QUOTED_STRINGS = new ConcurrentHashMap<>();

  private final String masked;
  private final @Nullable String operation;
  private final @Nullable String target;

  /** The text itself until it was looked at; never that of one that is too long to be. */
  private volatile @Nullable String unseen;

  private volatile boolean plainSelect;

  /**
   * What was found in a text.
   *
   * @param masked without literals and comments
   */
  SqlText(String sql, String masked, @Nullable String operation, @Nullable String target) {
    this.masked = masked;
    this.operation = operation;
    this.target = target;
    this.unseen = sql.length() > PlainSelect.LONGEST ? null : sql;
  }

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

  /** Without literals and comments. */
  String masked() {
    return masked;
  }

  /** The first keyword in upper case, such as {@code SELECT}, or null. */
  @Nullable String operation() {
    return operation;
  }

  /** The table or procedure it is about, or null. */
  @Nullable String target() {
    return target;
  }

  /** See {@link PlainSelect}. It is looked at when healing asks for the first time. */
  boolean plainSelect() {
    String sql = unseen;
    if (sql != null) {
      plainSelect = PlainSelect.is(sql);
      unseen = null;
    }
    return plainSelect;
  }

  /** The span's name: few different ones. */
  String summary() {
    if (operation == null) {
      return "SQL";
    }
    return target == null ? operation : operation + " " + target;
  }
}
