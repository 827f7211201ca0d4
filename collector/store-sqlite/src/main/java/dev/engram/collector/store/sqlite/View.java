package dev.engram.collector.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What people ask in SQL: a view over the tables, whose names and columns stay as they are while
 * the tables change.
 *
 * @param meaning of one row, a sentence
 * @param from everything after {@code FROM}; tables are those of {@code main}, because a view may
 *     have the name of a table
 */
record View(String name, String meaning, String from, List<Column> columns) {
  /**
   * One column.
   *
   * @param type {@code text}, {@code integer} or {@code real}
   * @param meaning with the unit, and when it is NULL
   * @param expression what it is made of
   */
  record Column(String name, String type, String meaning, String expression) {}

  static Column text(String name, String meaning, String expression) {
    return new Column(name, "text", meaning, expression);
  }

  static Column integer(String name, String meaning, String expression) {
    return new Column(name, "integer", meaning, expression);
  }

  static Column real(String name, String meaning, String expression) {
    return new Column(name, "real", meaning, expression);
  }

  /** A point in time twice: for people, and to compare and to calculate with. */
  static List<Column> time(String name, String meaning, String expression) {
    return List.of(
        text(name, meaning + ", in UTC, such as `2026-01-31T09:30:00.000000000Z`", iso(expression)),
        integer(name + "_ns", "the same in nanoseconds since 1970", expression));
  }

  /** Columns and lists of columns, in this order. */
  static List<Column> columns(Object... columnsAndLists) {
    List<Column> columns = new ArrayList<>();
    for (Object each : columnsAndLists) {
      if (each instanceof List<?> list) {
        list.forEach(column -> columns.add((Column) column));
      } else {
        columns.add((Column) each);
      }
    }
    return List.copyOf(columns);
  }

  /** The statement that makes it, for one connection. */
  String create() {
    return columns.stream()
        .map(column -> column.expression() + " AS " + column.name())
        .collect(
            Collectors.joining(", ", "CREATE TEMP VIEW " + name + " AS SELECT ", " FROM " + from));
  }

  /** The text of a word. */
  static String word(String id) {
    return "(SELECT " + plain("w.text") + " FROM main.word w WHERE w.id = " + id + ")";
  }

  /** The id of a word, to compare with. */
  static String idOf(String word) {
    return "(SELECT id FROM main.word WHERE text = '" + word + "')";
  }

  /** The text of a column that may hold UTF-16. */
  static String plain(String column) {
    return "CASE typeof("
        + column
        + ") WHEN 'blob' THEN plain("
        + column
        + ") ELSE "
        + column
        + " END";
  }

  /** 16 hex digits. */
  static String hex(String number) {
    return "printf('%016x', " + number + ")";
  }

  /** The same; NULL for 0. */
  static String hexOrNull(String number) {
    return "CASE " + number + " WHEN 0 THEN NULL ELSE " + hex(number) + " END";
  }

  static String trace(String table) {
    return "printf('%016x%016x', " + table + ".trace_high, " + table + ".trace_low)";
  }

  static String uuid(String bytes) {
    String hex = "hex(" + bytes + ")";
    StringBuilder groups = new StringBuilder();
    int from = 1;
    for (int length : new int[] {8, 4, 4, 4, 12}) {
      groups.append(from == 1 ? "" : " || '-' || ");
      groups.append("substr(").append(hex).append(", ").append(from).append(", ");
      groups.append(length).append(")");
      from += length;
    }
    return "lower(" + groups + ")";
  }

  static String attribute(String table, String key) {
    return "plain(attribute('" + key + "', " + table + ".attributes))";
  }

  private static String iso(String nanos) {
    return "strftime('%Y-%m-%dT%H:%M:%S', ("
        + nanos
        + ") / 1000000000, 'unixepoch') || printf('.%09dZ', ("
        + nanos
        + ") % 1000000000)";
  }
}
