package dev.engram.collector.store.postgresql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Numbers that JDBC and the store mean different things by. Pure. */
final class Numbers {
  static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  static double nullAsNan(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
