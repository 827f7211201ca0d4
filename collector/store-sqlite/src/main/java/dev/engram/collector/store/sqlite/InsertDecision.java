package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.DecisionRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores decisions. */
final class InsertDecision {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertDecision(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT INTO decision (arrival, instance, position, time, decision_id, trace_high,"
                + " trace_low, span_id, name, options, chosen, confidence, confidence_source,"
                + " reasoning, attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, DecisionRow row) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, row.position());
    insert.setLong(4, row.timeEpochNanos());
    insert.setLong(5, row.decisionId());
    insert.setLong(6, row.traceId().high());
    insert.setLong(7, row.traceId().low());
    insert.setLong(8, row.spanId());
    encoding.word(insert, 9, row.name());
    encoding.strings(insert, 10, row.options());
    SqliteText.bind(insert, 11, row.chosen());
    Encoding.nanAsNull(insert, 12, row.confidence());
    encoding.word(insert, 13, row.confidenceSource());
    encoding.strings(insert, 14, row.reasoning());
    encoding.attributes(insert, 15, row.attributes());
    insert.executeUpdate();
  }
}
