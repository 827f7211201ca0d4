package dev.engram.collector.store.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of SQL spans that have columns of their own, so that statements can be summed up;
 * of other spans none has. Pure.
 *
 * @param others the attributes that stay together
 */
record SqlAttributes(
    @Nullable String system,
    @Nullable String statement,
    @Nullable Long returnedRows,
    Map<String, Object> others) {
  static final String CATEGORY = "sql";

  private static final String SYSTEM = "db.system.name";
  private static final String STATEMENT = "db.query.text";
  private static final String ROWS = "db.response.returned_rows";

  static SqlAttributes of(String category, Map<String, Object> attributes) {
    if (!category.equals(CATEGORY)) {
      return new SqlAttributes(null, null, null, attributes);
    }
    Map<String, Object> others = new LinkedHashMap<>(attributes);
    return new SqlAttributes(
        taken(others, SYSTEM, String.class),
        taken(others, STATEMENT, String.class),
        taken(others, ROWS, Long.class),
        others);
  }

  /** All of them together again. */
  Map<String, Object> all() {
    put(SYSTEM, system);
    put(STATEMENT, statement);
    put(ROWS, returnedRows);
    return others;
  }

  private void put(String name, @Nullable Object value) {
    if (value != null) {
      others.put(name, value);
    }
  }

  private static <T> @Nullable T taken(Map<String, Object> from, String name, Class<T> type) {
    Object value = from.get(name);
    if (!type.isInstance(value)) {
      return null;
    }
    from.remove(name);
    return type.cast(value);
  }
}
