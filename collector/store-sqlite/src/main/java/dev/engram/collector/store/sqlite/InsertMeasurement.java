package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.MeasurementRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores measurements. */
final class InsertMeasurement {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertMeasurement(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT INTO measurement (arrival, instance, position, time, name, unit, value,"
                + " attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, MeasurementRow row) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, row.position());
    insert.setLong(4, row.timeEpochNanos());
    encoding.word(insert, 5, row.name());
    encoding.word(insert, 6, row.unit());
    Encoding.nanAsNull(insert, 7, row.value());
    encoding.attributes(insert, 8, row.attributes());
    insert.executeUpdate();
  }
}
