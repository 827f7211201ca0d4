package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.RowFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of a kind of rows are written in SQL. Each is NULL where a row lacks it.
 *
 * @param own what {@link RowFields} calls a row's own fields
 * @param attributes the column of the others; null where there are none
 * @param trace the alias of the table with the trace of a row; null where it has none
 */
record FieldColumns(Map<String, String> own, @Nullable String attributes, @Nullable String trace) {
  /** A NULL for what has no such field. */
  private static final String NONE = "NULL";

  static final FieldColumns ENDED =
      span("s", "i", word("s.status"), "CASE WHEN s.duration >= 0 THEN s.duration END", "s");

  static final FieldColumns IN_PROGRESS = span("s", "i", "'in_progress'", NONE, "s");

  /** Of the ended requests of a trace. */
  static final FieldColumns REQUEST =
      span("r", "j", word("r.status"), "CASE WHEN r.duration >= 0 THEN r.duration END", null);

  static final FieldColumns EXCEPTION =
      new FieldColumns(
          with(
              "i",
              Map.of(
                  "exception.type", word("e.type"),
                  "exception.message", "e.message",
                  "thread.name", word("e.thread_name"),
                  "origin", word("e.origin"),
                  "site", "e.site")),
          null,
          "e");

  static final FieldColumns DECISION =
      new FieldColumns(
          with(
              "i",
              Map.of("name", word("d.name"), "chosen", "d.chosen", "confidence", "d.confidence")),
          "d.attributes",
          "d");

  static final FieldColumns READING =
      new FieldColumns(
          with("i", Map.of("name", word("m.name"), "unit", word("m.unit"), "value", "m.value")),
          "m.attributes",
          null);

  /** The SQL of a field; its parameters are added. */
  String sql(String field, List<Object> parameters) {
    String column = own.get(field);
    if (column != null) {
      return column;
    }
    if (attributes == null || RowFields.OWN.contains(field)) {
      return NONE;
    }
    parameters.add(SqliteText.of(field));
    return "attribute(?, " + attributes + ")";
  }

  /** Of SQL spans three attributes have columns of their own, which are NULL in all other rows. */
  private static FieldColumns span(
      String span, String instance, String status, String duration, @Nullable String trace) {
    String blob = span + ".attributes";
    return new FieldColumns(
        with(
            instance,
            Map.of(
                "name",
                word(span + ".name"),
                "kind",
                word(span + ".kind"),
                "category",
                word(span + ".category"),
                "status",
                status,
                "duration",
                duration,
                Encoding.DB_SYSTEM,
                either(word(span + ".db_system"), Encoding.DB_SYSTEM, blob),
                Encoding.DB_STATEMENT,
                either(word(span + ".statement"), Encoding.DB_STATEMENT, blob),
                Encoding.DB_ROWS,
                either(span + ".returned_rows", Encoding.DB_ROWS, blob))),
        blob,
        trace);
  }

  private static Map<String, String> with(String instance, Map<String, String> others) {
    Map<String, String> own = new HashMap<>(others);
    own.put("service", word(instance + ".service"));
    own.put("version", instance + ".version");
    return Map.copyOf(own);
  }

  private static String either(String column, String attribute, String blob) {
    return "coalesce(" + column + ", attribute('" + attribute + "', " + blob + "))";
  }

  private static String word(String column) {
    return "(SELECT text FROM word WHERE id = " + column + ")";
  }
}
