package dev.engram.cli.render;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the columns of exported rows are called and made of: the names of CSV. */
final class ParquetColumns {
  static final List<ParquetColumn<StoredSpan>> OF_SPANS =
      List.of(
          ParquetColumn.text("trace_id", span -> span.row().traceId().hex()),
          ParquetColumn.text("span_id", span -> SpanIds.hex(span.row().spanId())),
          ParquetColumn.text("parent_span_id", ParquetColumns::parent),
          ParquetColumn.text("service", StoredSpan::service),
          ParquetColumn.text("instance", span -> span.row().instance().toString()),
          ParquetColumn.text("kind", span -> span.row().kind()),
          ParquetColumn.text("category", span -> span.row().category()),
          ParquetColumn.text("name", span -> span.row().name()),
          ParquetColumn.time("start", span -> span.row().startEpochNanos()),
          ParquetColumn.number("duration_ns", span -> span.row().durationNanos()),
          ParquetColumn.text("status", span -> span.row().status()),
          ParquetColumn.text("status_description", span -> span.row().statusDescription()),
          ParquetColumn.number("exceptions", StoredSpan::exceptions),
          ParquetColumn.json("attributes", ParquetColumns::attributes));

  static final List<ParquetColumn<StoredException>> OF_ERRORS =
      List.of(
          ParquetColumn.text("id", error -> ErrorLabel.of(error.row().fingerprint())),
          ParquetColumn.time("time", error -> error.row().timeEpochNanos()),
          ParquetColumn.text("service", StoredException::service),
          ParquetColumn.text("trace_id", error -> error.row().traceId().hex()),
          ParquetColumn.text("span_id", error -> SpanIds.hex(error.row().spanId())),
          ParquetColumn.text("origin", error -> error.row().origin()),
          ParquetColumn.text("site", error -> error.row().site()),
          ParquetColumn.text("thread", error -> error.row().threadName()),
          ParquetColumn.text("thrown.type", error -> error.row().stack().type()),
          ParquetColumn.text("thrown.message", error -> error.row().stack().message()));

  private ParquetColumns() {}

  private static @Nullable String parent(StoredSpan span) {
    long parent = span.row().parentSpanId();
    return parent == 0 ? null : SpanIds.hex(parent);
  }

  private static String attributes(StoredSpan span) {
    return JsonLines.line(json -> JsonLines.members(json, new TreeMap<>(span.row().attributes())));
  }
}
