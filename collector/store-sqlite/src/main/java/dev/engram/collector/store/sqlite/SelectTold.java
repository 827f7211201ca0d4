package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What people and applications told: outcomes, feedback, knowledge; earliest first. */
final class SelectTold {
  private static final String OUTCOMES =
      "SELECT t.arrival, i.service, t.position, t.time, t.target, t.key, t.target_id, t.label,"
          + " t.value, t.author, t.comment FROM outcome t CROSS JOIN instance i"
          + " ON i.id = t.instance WHERE t.time >= ? ORDER BY t.time, t.arrival";

  private static final String FEEDBACK =
      "SELECT t.arrival, i.service, t.position, t.time, t.target, t.target_id, t.label, t.score,"
          + " t.author, t.comment FROM feedback t CROSS JOIN instance i"
          + " ON i.id = t.instance WHERE t.time >= ? ORDER BY t.time, t.arrival";

  private static final String KNOWLEDGE =
      "SELECT position, time, subject, subject_id, property, value, author FROM knowledge"
          + " ORDER BY time, arrival";

  private SelectTold() {}

  static List<StoredOutcome> outcomes(long sinceEpochNanos, ReadConnection connection)
      throws SQLException {
    WordTexts words = connection.words;
    try (PreparedStatement statement = connection.prepare(OUTCOMES, sinceEpochNanos);
        ResultSet row = statement.executeQuery()) {
      List<StoredOutcome> outcomes = new ArrayList<>();
      while (row.next()) {
        OutcomeRow outcome =
            new OutcomeRow(
                row.getLong(3),
                row.getLong(4),
                words.text(row.getLong(5)),
                words.text(row.getLong(6)),
                SqliteText.read(row, 7),
                words.text(row.getLong(8)),
                nullAsNan(row, 9),
                SqliteText.readNullable(row, 10),
                SqliteText.readNullable(row, 11));
        outcomes.add(new StoredOutcome(outcome, words.text(row.getLong(2)), row.getLong(1)));
      }
      return outcomes;
    }
  }

  static List<StoredFeedback> feedback(long sinceEpochNanos, ReadConnection connection)
      throws SQLException {
    WordTexts words = connection.words;
    try (PreparedStatement statement = connection.prepare(FEEDBACK, sinceEpochNanos);
        ResultSet row = statement.executeQuery()) {
      List<StoredFeedback> feedback = new ArrayList<>();
      while (row.next()) {
        FeedbackRow judgement =
            new FeedbackRow(
                row.getLong(3),
                row.getLong(4),
                words.text(row.getLong(5)),
                SqliteText.read(row, 6),
                SqliteText.readNullable(row, 7),
                nullAsNan(row, 8),
                SqliteText.readNullable(row, 9),
                SqliteText.readNullable(row, 10));
        feedback.add(new StoredFeedback(judgement, words.text(row.getLong(2)), row.getLong(1)));
      }
      return feedback;
    }
  }

  static List<KnowledgeRow> knowledge(ReadConnection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepare(KNOWLEDGE);
        ResultSet row = statement.executeQuery()) {
      List<KnowledgeRow> knowledge = new ArrayList<>();
      while (row.next()) {
        knowledge.add(
            new KnowledgeRow(
                row.getLong(1),
                row.getLong(2),
                SqliteText.read(row, 3),
                SqliteText.read(row, 4),
                SqliteText.read(row, 5),
                SqliteText.read(row, 6),
                SqliteText.readNullable(row, 7)));
      }
      return knowledge;
    }
  }

  static double nullAsNan(ResultSet row, int index) throws SQLException {
    double value = row.getDouble(index);
    return row.wasNull() ? Double.NaN : value;
  }
}
