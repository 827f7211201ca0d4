package dev.engram.collector.store.postgresql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A WHERE clause that grows, with its parameters. Not thread-safe. */
final class Conditions {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  Conditions and(String condition, Object... values) {
    conditions.add(condition);
    parameters.addAll(List.of(values));
    return this;
  }

  Conditions andUnlessZero(String condition, long value) {
    return value == 0 ? this : and(condition, value);
  }

  /** Null takes any. */
  Conditions andText(String column, @Nullable String text) {
    return text == null ? this : and(column + " = ?", PostgresText.of(text));
  }

  /** {@code WHERE ...}, or nothing. */
  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  List<Object> parameters() {
    return List.copyOf(parameters);
  }

  /** The end of a query; 0 is no limit. */
  static String limit(int limit) {
    return limit == 0 ? "" : " LIMIT " + limit;
  }
}
