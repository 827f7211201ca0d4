package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Decisions, latest first. */
final class SelectDecisions {
  private static final String QUERY =
      "SELECT d.arrival, i.uuid, i.service, d.position, d.time, d.decision_id, d.trace_high,"
          + " d.trace_low, d.span_id, d.name, d.options, d.chosen, d.confidence,"
          + " d.confidence_source, d.reasoning, d.attributes"
          + " FROM decision d CROSS JOIN instance i ON i.id = d.instance";

  private SelectDecisions() {}

  static List<StoredDecision> latest(DecisionFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .andUnlessZero("d.time >= ?", filter.sinceEpochNanos())
            .andUnlessZero("d.time < ?", filter.untilEpochNanos())
            .andUnlessZero("d.decision_id = ?", filter.decisionId())
            .andWord("i.service", filter.service())
            .andWord("d.name", filter.name());
    ConditionSql.add(conditions, filter.where(), FieldColumns.DECISION, connection);
    String query = QUERY + conditions.where() + " ORDER BY d.time DESC, d.arrival DESC LIMIT ?";
    try (PreparedStatement statement =
            connection.prepare(query, conditions.parametersAnd(SelectSpans.limit(filter.limit())));
        ResultSet row = statement.executeQuery()) {
      List<StoredDecision> decisions = new ArrayList<>();
      while (row.next()) {
        decisions.add(
            new StoredDecision(
                Instances.id(row.getBytes(2)),
                read(row, connection.words),
                connection.words.text(row.getLong(3)),
                row.getLong(1)));
      }
      return decisions;
    }
  }

  private static DecisionRow read(ResultSet row, WordTexts words) throws SQLException {
    return new DecisionRow(
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        new TraceId(row.getLong(7), row.getLong(8)),
        row.getLong(9),
        words.text(row.getLong(10)),
        StringListBlob.decode(row.getBytes(11)),
        SqliteText.read(row, 12),
        SelectTold.nullAsNan(row, 13),
        words.text(row.getLong(14)),
        StringListBlob.decode(row.getBytes(15)),
        AttributeBlob.decode(row.getBytes(16), words));
  }
}
