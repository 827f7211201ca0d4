package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.RowFields;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Decisions, latest first, and what was told, earliest first. */
final class SelectDecisions {
  private static final String DECISIONS =
      "SELECT d.arrival, i.uuid, i.service, d.position, d.time, d.decision_id, d.trace_high,"
          + " d.trace_low, d.span_id, d.name, d.options, d.chosen, d.confidence,"
          + " d.confidence_source, d.reasoning, d.attributes"
          + " FROM decision d JOIN instance i ON i.id = d.instance";

  private static final String OUTCOMES =
      "SELECT t.arrival, i.service, t.position, t.time, t.target, t.key, t.target_id, t.label,"
          + " t.value, t.author, t.comment FROM outcome t JOIN instance i"
          + " ON i.id = t.instance WHERE t.time >= ? ORDER BY t.time, t.arrival";

  private static final String FEEDBACK =
      "SELECT t.arrival, i.service, t.position, t.time, t.target, t.target_id, t.label, t.score,"
          + " t.author, t.comment FROM feedback t JOIN instance i"
          + " ON i.id = t.instance WHERE t.time >= ? ORDER BY t.time, t.arrival";

  private static final String KNOWLEDGE =
      "SELECT position, time, subject, subject_id, property, value, author FROM knowledge"
          + " ORDER BY time, arrival";

  private SelectDecisions() {}

  static List<StoredDecision> latest(DecisionFilter filter, Connection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .andUnlessZero("d.time >= ?", filter.sinceEpochNanos())
            .andUnlessZero("d.time < ?", filter.untilEpochNanos())
            .andUnlessZero("d.decision_id = ?", filter.decisionId())
            .andText("i.service", filter.service())
            .andText("d.name", filter.name());
    RowsThatMeet.add(
        conditions,
        filter.where(),
        DECISIONS,
        SelectDecisions::decision,
        (decision, known) ->
            RowFields.of(
                decision,
                known.version(decision.instance()),
                known.requests(decision.row().traceId())),
        StoredDecision::arrival,
        "d.arrival",
        connection);
    return Statements.select(
        connection,
        DECISIONS
            + conditions.where()
            + " ORDER BY d.time DESC, d.arrival DESC"
            + Conditions.limit(filter.limit()),
        conditions.parameters(),
        SelectDecisions::decision);
  }

  static List<StoredOutcome> outcomes(long sinceEpochNanos, Connection connection)
      throws SQLException {
    return Statements.select(
        connection, OUTCOMES, List.of(sinceEpochNanos), SelectDecisions::outcome);
  }

  static List<StoredFeedback> feedback(long sinceEpochNanos, Connection connection)
      throws SQLException {
    return Statements.select(
        connection, FEEDBACK, List.of(sinceEpochNanos), SelectDecisions::feedback);
  }

  static List<KnowledgeRow> knowledge(Connection connection) throws SQLException {
    return Statements.select(connection, KNOWLEDGE, List.of(), SelectDecisions::said);
  }

  private static StoredDecision decision(ResultSet row) throws SQLException {
    DecisionRow decision =
        new DecisionRow(
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            new TraceId(row.getLong(7), row.getLong(8)),
            row.getLong(9),
            PostgresText.read(row.getString(10)),
            PostgresJson.readStrings(row.getString(11)),
            PostgresText.read(row.getString(12)),
            Numbers.nullAsNan(row, 13),
            PostgresText.read(row.getString(14)),
            PostgresJson.readStrings(row.getString(15)),
            PostgresJson.readAttributes(row.getString(16)));
    return new StoredDecision(
        new InstanceId(row.getObject(2, UUID.class)),
        decision,
        PostgresText.read(row.getString(3)),
        row.getLong(1));
  }

  private static StoredOutcome outcome(ResultSet row) throws SQLException {
    OutcomeRow outcome =
        new OutcomeRow(
            row.getLong(3),
            row.getLong(4),
            PostgresText.read(row.getString(5)),
            PostgresText.read(row.getString(6)),
            PostgresText.read(row.getString(7)),
            PostgresText.read(row.getString(8)),
            Numbers.nullAsNan(row, 9),
            PostgresText.readNullable(row.getString(10)),
            PostgresText.readNullable(row.getString(11)));
    return new StoredOutcome(outcome, PostgresText.read(row.getString(2)), row.getLong(1));
  }

  private static KnowledgeRow said(ResultSet row) throws SQLException {
    return new KnowledgeRow(
        row.getLong(1),
        row.getLong(2),
        PostgresText.read(row.getString(3)),
        PostgresText.read(row.getString(4)),
        PostgresText.read(row.getString(5)),
        PostgresText.read(row.getString(6)),
        PostgresText.readNullable(row.getString(7)));
  }

  private static StoredFeedback feedback(ResultSet row) throws SQLException {
    FeedbackRow judgement =
        new FeedbackRow(
            row.getLong(3),
            row.getLong(4),
            PostgresText.read(row.getString(5)),
            PostgresText.read(row.getString(6)),
            PostgresText.readNullable(row.getString(7)),
            Numbers.nullAsNan(row, 8),
            PostgresText.readNullable(row.getString(9)),
            PostgresText.readNullable(row.getString(10)));
    return new StoredFeedback(judgement, PostgresText.read(row.getString(2)), row.getLong(1));
  }
}
