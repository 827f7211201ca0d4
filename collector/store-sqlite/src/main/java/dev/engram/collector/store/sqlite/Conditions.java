package dev.engram.collector.store.sqlite;

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

  /** A column of words; null takes any. */
  Conditions andWord(String column, @Nullable String text) {
    return text == null
        ? this
        : and(column + " = (SELECT id FROM word WHERE text = ?)", SqliteText.of(text));
  }

  /** {@code WHERE ...}, or nothing. */
  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** The parameters in order, then these. */
  List<Object> parametersAnd(Object... more) {
    List<Object> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return all;
  }
}
