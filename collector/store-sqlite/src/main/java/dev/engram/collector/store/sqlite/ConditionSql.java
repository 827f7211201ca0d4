package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Condition.All;
import dev.engram.collector.store.Condition.Comparison;
import dev.engram.collector.store.Condition.Not;
import dev.engram.collector.store.Condition.OfRequest;
import dev.engram.collector.store.Condition.Some;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a condition as SQL. Every comparison is made by {@link RowFunctions}, so that all stores
 * compare alike; none of them is ever NULL. Not thread-safe.
 */
final class ConditionSql {
  private static final String REQUESTS =
      "EXISTS (SELECT 1 FROM span r CROSS JOIN instance j ON j.id = r.instance"
          + " WHERE r.trace_high = %1$s.trace_high AND r.trace_low = %1$s.trace_low"
          + " AND (r.trace_high <> 0 OR r.trace_low <> 0)"
          + " AND r.kind = (SELECT id FROM word WHERE text = 'SERVER') AND ";

  private final ReadConnection connection;
  private final List<Object> parameters = new ArrayList<>();

  private ConditionSql(ReadConnection connection) {
    this.connection = connection;
  }

  /** Adds it to the others, unless every row meets it. */
  static Conditions add(
      Conditions others, Condition condition, FieldColumns columns, ReadConnection connection)
      throws SQLException {
    if (condition.isAny()) {
      return others;
    }
    ConditionSql sql = new ConditionSql(connection);
    return others.and(sql.of(condition, columns), sql.parameters.toArray());
  }

  private String of(Condition condition, FieldColumns columns) throws SQLException {
    if (condition instanceof All all) {
      return joined(all.conditions(), " AND ", "1", columns);
    }
    if (condition instanceof Some some) {
      return joined(some.conditions(), " OR ", "0", columns);
    }
    if (condition instanceof Not not) {
      return "NOT (" + of(not.condition(), columns) + ")";
    }
    return condition instanceof OfRequest ofRequest
        ? ofRequest(ofRequest, columns)
        : meets((Comparison) condition, columns);
  }

  private String joined(List<Condition> conditions, String word, String none, FieldColumns columns)
      throws SQLException {
    List<String> parts = new ArrayList<>();
    for (Condition condition : conditions) {
      parts.add(of(condition, columns));
    }
    return parts.isEmpty() ? none : "(" + String.join(word, parts) + ")";
  }

  private String ofRequest(OfRequest ofRequest, FieldColumns columns) throws SQLException {
    return columns.trace() == null
        ? "0"
        : String.format(REQUESTS, columns.trace())
            + of(ofRequest.condition(), FieldColumns.REQUEST)
            + ")";
  }

  private String meets(Comparison comparison, FieldColumns columns) throws SQLException {
    parameters.add((long) connection.functions().remember(comparison));
    return "meets(?, " + columns.sql(comparison.field(), parameters) + ")";
  }
}
