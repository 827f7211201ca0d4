package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanRow;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** Spans, those that have begun, and what a span says of its payloads. For one transaction. */
final class WriteSpans {
  private final Tables tables;
  private final Contents contents;
  private final LocalDate day;
  private final long instance;

  WriteSpans(Tables tables, Contents contents, LocalDate day, long instance) {
    this.tables = tables;
    this.contents = contents;
    this.day = day;
    this.instance = instance;
  }

  void add(long arrival, SpanRow span) throws SQLException {
    SqlAttributes attributes = SqlAttributes.of(span.category(), span.attributes());
    tables
        .into(Tables.SPAN)
        .of(day)
        .of(arrival)
        .of(instance)
        .of(span.position())
        .of(span.traceId().high())
        .of(span.traceId().low())
        .of(span.spanId())
        .of(span.parentSpanId())
        .text(span.kind())
        .text(span.category())
        .text(span.name())
        .of(span.startEpochNanos())
        .of(span.durationNanos())
        .text(span.status())
        .text(span.statusDescription())
        .of(span.begun())
        .text(attributes.system())
        .text(attributes.statement())
        .number(attributes.returnedRows())
        .json(PostgresJson.attributes(attributes.others()))
        .of(span.payloads().size())
        .add();
    payloads(arrival, span.payloads());
  }

  void addBegun(long arrival, BegunRow begun) throws SQLException {
    SqlAttributes attributes = SqlAttributes.of(begun.category(), begun.attributes());
    tables
        .into(Tables.BEGUN)
        .of(instance)
        .of(begun.spanId())
        .of(arrival)
        .of(begun.position())
        .of(begun.traceId().high())
        .of(begun.traceId().low())
        .of(begun.parentSpanId())
        .text(begun.kind())
        .text(begun.category())
        .text(begun.name())
        .of(begun.startEpochNanos())
        .text(attributes.system())
        .text(attributes.statement())
        .number(attributes.returnedRows())
        .json(PostgresJson.attributes(attributes.others()))
        .add();
  }

  private void payloads(long span, List<PayloadReference> payloads) throws SQLException {
    for (int ordinal = 0; ordinal < payloads.size(); ordinal++) {
      PayloadReference payload = payloads.get(ordinal);
      byte[] bytes = payload.bytes();
      tables
          .into(Tables.SPAN_PAYLOAD)
          .of(day)
          .of(span)
          .of(ordinal)
          .text(payload.name())
          .text(payload.contentType())
          .of(payload.size())
          .of(payload.truncated())
          .of(payload.payloadId())
          .bytes(bytes == null ? null : contents.add(bytes))
          .add();
    }
  }
}
