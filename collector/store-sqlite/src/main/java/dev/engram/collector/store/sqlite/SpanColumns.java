package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads spans out of rows that begin with these columns. */
final class SpanColumns {
  /** Of a request, those of its whole trace; each way has an index of its own. */
  private static final String EXCEPTIONS =
      "CASE WHEN s.kind = (SELECT id FROM word WHERE text = 'SERVER')"
          + " AND (s.trace_high <> 0 OR s.trace_low <> 0)"
          + " THEN (SELECT count(*) FROM exception e WHERE e.trace_high = s.trace_high"
          + " AND e.trace_low = s.trace_low AND e.instance = s.instance)"
          + " ELSE (SELECT count(*) FROM exception e WHERE e.span_id = s.span_id"
          + " AND e.instance = s.instance AND s.span_id <> 0) END";

  /** The span table outermost, so that its indexes give the order. */
  static final String ENDED = ended(EXCEPTIONS, "s.payloads");

  /** Those of the traces of a table {@code wanted}, in its order. */
  static final String ENDED_OF_WANTED =
      ended(
          EXCEPTIONS,
          "s.payloads",
          "wanted w CROSS JOIN span s ON s.trace_high = w.high AND s.trace_low = w.low");

  static final String IN_PROGRESS = inProgress(EXCEPTIONS);

  /** The same without payloads and the number of exceptions. */
  static final String ENDED_ALONE = ended("0", "0");

  /** With payloads, without the number of exceptions. */
  static final String ENDED_WITH_PAYLOADS = ended("0", "s.payloads");

  static final String IN_PROGRESS_ALONE = inProgress("0");

  private SpanColumns() {}

  static List<StoredSpan> select(ReadConnection connection, String query, List<Object> parameters)
      throws SQLException {
    List<StoredSpan> spans = new ArrayList<>();
    visit(connection, query, parameters, spans::add);
    return spans;
  }

  /** Hands over one span after the other; returns how many. */
  static long visit(
      ReadConnection connection,
      String query,
      List<Object> parameters,
      Consumer<StoredSpan> visitor)
      throws SQLException {
    try (PreparedStatement statement = connection.prepare(query, parameters)) {
      return visit(connection, statement, visitor);
    }
  }

  /** The same of a statement that has its parameters. */
  static long visit(
      ReadConnection connection, PreparedStatement statement, Consumer<StoredSpan> visitor)
      throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      long spans = 0;
      for (; row.next(); spans++) {
        visitor.accept(read(row, connection));
      }
      return spans;
    }
  }

  private static String ended(String exceptions, String payloads) {
    return ended(exceptions, payloads, "span s");
  }

  private static String ended(String exceptions, String payloads, String from) {
    return select(exceptions)
        + " s.duration, s.status, s.status_description, s.begun, "
        + payloads
        + ", s.returned_rows FROM "
        + from
        + " CROSS JOIN instance i ON i.id = s.instance";
  }

  private static String inProgress(String exceptions) {
    return select(exceptions)
        + " -1, NULL, NULL, 1, 0, s.returned_rows"
        + " FROM begun s CROSS JOIN instance i ON i.id = s.instance AND i.ended = 0";
  }

  private static String select(String exceptions) {
    return "SELECT s.arrival, i.uuid, i.service, s.position, s.trace_high, s.trace_low, s.span_id,"
        + " s.parent_span_id, s.kind, s.category, s.name, s.start, s.db_system, s.statement,"
        + " s.attributes, "
        + exceptions
        + ",";
  }

  static StoredSpan read(ResultSet row, ReadConnection connection) throws SQLException {
    WordTexts words = connection.words;
    long arrival = row.getLong(1);
    SpanRow span =
        new SpanRow(
            Instances.id(row.getBytes(2)),
            row.getLong(4),
            new TraceId(row.getLong(5), row.getLong(6)),
            row.getLong(7),
            row.getLong(8),
            words.text(row.getLong(9)),
            words.text(row.getLong(10)),
            words.text(row.getLong(11)),
            row.getLong(12),
            row.getLong(17),
            status(row, words),
            SqliteText.readNullable(row, 19),
            attributes(row, words),
            payloads(row, arrival, connection),
            row.getInt(20) != 0);
    return new StoredSpan(span, words.text(row.getLong(3)), arrival, row.getInt(16));
  }

  private static String status(ResultSet row, WordTexts words) throws SQLException {
    long status = row.getLong(18);
    return row.wasNull() ? "in_progress" : words.text(status);
  }

  private static Map<String, Object> attributes(ResultSet row, WordTexts words)
      throws SQLException {
    Map<String, Object> attributes = AttributeBlob.decode(row.getBytes(15), words);
    SqlAttributes.restore(row, 13, 14, 22, words, attributes);
    return attributes;
  }

  private static List<PayloadReference> payloads(
      ResultSet row, long arrival, ReadConnection connection) throws SQLException {
    return row.getInt(21) == 0 ? List.of() : SelectSpanPayloads.of(arrival, connection);
  }
}
