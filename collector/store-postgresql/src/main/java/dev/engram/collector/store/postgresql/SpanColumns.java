package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads spans out of rows that begin with these columns. */
final class SpanColumns {
  /** Of a request, those of its whole trace; each way has an index of its own. */
  private static final String EXCEPTIONS =
      "CASE WHEN s.kind = 'SERVER' AND (s.trace_high <> 0 OR s.trace_low <> 0)"
          + " THEN (SELECT count(*) FROM exception e WHERE e.trace_high = s.trace_high"
          + " AND e.trace_low = s.trace_low AND e.instance = s.instance)"
          + " WHEN s.span_id <> 0"
          + " THEN (SELECT count(*) FROM exception e WHERE e.span_id = s.span_id"
          + " AND e.instance = s.instance) ELSE 0 END";

  static final String ENDED = ended(EXCEPTIONS, "s.payloads");
  static final String IN_PROGRESS = inProgress(EXCEPTIONS);

  /** The same without payloads and the number of exceptions. */
  static final String ENDED_ALONE = ended("0", "0");

  static final String IN_PROGRESS_ALONE = inProgress("0");

  private static final String PAYLOADS =
      "SELECT p.name, p.content_type, p.size, p.truncated, p.payload_id, (SELECT c.bytes"
          + " FROM content c WHERE c.hash = p.content LIMIT 1), p.span"
          + " FROM span_payload p WHERE p.span = ANY (?) ORDER BY p.span, p.ordinal";

  private static final int SPANS_AT_A_TIME = 500;
  private static final int ATTRIBUTES = 14;

  private SpanColumns() {}

  /** Makes a span of such a row. */
  static StoredSpan read(ResultSet row) throws SQLException {
    SpanRow span =
        new SpanRow(
            new InstanceId(row.getObject(2, UUID.class)),
            row.getLong(4),
            new TraceId(row.getLong(5), row.getLong(6)),
            row.getLong(7),
            row.getLong(8),
            PostgresText.read(row.getString(9)),
            PostgresText.read(row.getString(10)),
            PostgresText.read(row.getString(11)),
            row.getLong(12),
            row.getLong(18),
            PostgresText.read(row.getString(19)),
            PostgresText.readNullable(row.getString(20)),
            attributes(row, ATTRIBUTES),
            List.of(),
            row.getBoolean(21));
    return new StoredSpan(
        span, PostgresText.read(row.getString(3)), row.getLong(1), row.getInt(13));
  }

  /** The payloads of a span that has any. */
  static StoredSpan withPayloads(StoredSpan span, Connection connection) throws SQLException {
    List<Long> arrival = List.of(span.arrival());
    return with(payloads(arrival, connection).getOrDefault(span.arrival(), List.of()), span);
  }

  /** Those of these spans, by the arrival of the span; one that has none is left out. */
  static Map<Long, List<PayloadReference>> payloads(List<Long> arrivals, Connection connection)
      throws SQLException {
    Map<Long, List<PayloadReference>> payloads = new HashMap<>();
    for (int from = 0; from < arrivals.size(); from += SPANS_AT_A_TIME) {
      List<Long> some = arrivals.subList(from, Math.min(arrivals.size(), from + SPANS_AT_A_TIME));
      Statements.visit(
          connection,
          PAYLOADS,
          List.of((Object) some.toArray(Long[]::new)),
          row -> Map.entry(row.getLong(7), payload(row)),
          it ->
              payloads
                  .computeIfAbsent(it.getKey(), absent -> new ArrayList<>())
                  .add(it.getValue()));
    }
    return payloads;
  }

  /** The span with these payloads. */
  static StoredSpan with(List<PayloadReference> payloads, StoredSpan span) {
    return payloads.isEmpty()
        ? span
        : new StoredSpan(
            withPayloads(span.row(), payloads), span.service(), span.arrival(), span.exceptions());
  }

  /** Those of a span, from the column of {@code db_system} on. */
  static Map<String, Object> attributes(ResultSet row, int from) throws SQLException {
    long number = row.getLong(from + 2);
    Long rows = row.wasNull() ? null : number;
    return new SqlAttributes(
            PostgresText.readNullable(row.getString(from)),
            PostgresText.readNullable(row.getString(from + 1)),
            rows,
            PostgresJson.readAttributes(row.getString(from + 3)))
        .all();
  }

  private static PayloadReference payload(ResultSet row) throws SQLException {
    return new PayloadReference(
        PostgresText.read(row.getString(1)),
        PostgresText.readNullable(row.getString(2)),
        row.getLong(3),
        row.getBoolean(4),
        row.getLong(5),
        row.getBytes(6));
  }

  private static SpanRow withPayloads(SpanRow row, List<PayloadReference> payloads) {
    return new SpanRow(
        row.instance(),
        row.position(),
        row.traceId(),
        row.spanId(),
        row.parentSpanId(),
        row.kind(),
        row.category(),
        row.name(),
        row.startEpochNanos(),
        row.durationNanos(),
        row.status(),
        row.statusDescription(),
        row.attributes(),
        payloads,
        row.begun());
  }

  private static String ended(String exceptions, String payloads) {
    return select(exceptions)
        + " s.duration, s.status, s.status_description, s.begun, "
        + payloads
        + " FROM span s JOIN instance i ON i.id = s.instance";
  }

  private static String inProgress(String exceptions) {
    return select(exceptions)
        + " -1, 'in_progress', NULL, true, 0"
        + " FROM begun s JOIN instance i ON i.id = s.instance AND i.ended = 0";
  }

  private static String select(String exceptions) {
    return "SELECT s.arrival, i.uuid, i.service, s.position, s.trace_high, s.trace_low, s.span_id,"
        + " s.parent_span_id, s.kind, s.category, s.name, s.start, "
        + exceptions
        + ", s.db_system, s.statement, s.returned_rows, s.attributes,";
  }
}
