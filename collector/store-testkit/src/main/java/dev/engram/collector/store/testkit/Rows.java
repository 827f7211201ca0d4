package dev.engram.collector.store.testkit;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ordinary rows for tests: time is the position in microseconds. */
public final class Rows {
  public static final TraceId TRACE = new TraceId(0x0123456789abcdefL, 0x8edcba9876543210L);

  private Rows() {}

  /** An attempt of a remedy that failed. */
  public static RemedyAttemptRow attempt(long position, String arm) {
    return new RemedyAttemptRow(
        position, time(position), TRACE, 0x33, "retry method a.B#c", arm, -7, 2, "failed", 500);
  }

  /** A successful SERVER span with the position as its id. */
  public static SpanRow span(InstanceId instance, long position) {
    return span(instance, position, position, false);
  }

  public static SpanRow span(InstanceId instance, long position, long spanId, boolean begun) {
    return span(
        instance, position, spanId, begun, 500, Map.of("http.route", "/cart", "status", 200L));
  }

  public static SpanRow span(
      InstanceId instance,
      long position,
      long spanId,
      boolean begun,
      long durationNanos,
      Map<String, Object> attributes) {
    return new SpanRow(
        instance,
        position,
        TRACE,
        spanId,
        0,
        "SERVER",
        "http",
        "GET /cart",
        time(position),
        durationNanos,
        "ok",
        null,
        attributes,
        List.of(),
        begun);
  }

  public static SpanRow statement(
      InstanceId instance, long position, String text, long durationNanos, String status) {
    return new SpanRow(
        instance,
        position,
        TRACE,
        position,
        1,
        "CLIENT",
        "sql",
        "select",
        time(position),
        durationNanos,
        status,
        null,
        Map.of("db.system.name", "h2", "db.query.text", text),
        List.of(),
        false);
  }

  public static SpanRow withPayloads(SpanRow span, PayloadReference... payloads) {
    return copy(span, span.traceId(), span.parentSpanId(), span.attributes(), List.of(payloads));
  }

  /** The same below another span. */
  public static SpanRow below(long parentSpanId, SpanRow span) {
    return copy(span, span.traceId(), parentSpanId, span.attributes(), span.payloads());
  }

  /** The same with so many rows returned. */
  public static SpanRow returning(SpanRow statement, long rows) {
    Map<String, Object> attributes = new HashMap<>(statement.attributes());
    attributes.put("db.response.returned_rows", rows);
    return copy(
        statement, statement.traceId(), statement.parentSpanId(), attributes, statement.payloads());
  }

  /** The same of another category. */
  public static SpanRow inCategory(String category, SpanRow span) {
    return copy(span, category, span.startEpochNanos());
  }

  /** The same that began at another time. */
  public static SpanRow begunAt(long startEpochNanos, SpanRow span) {
    return copy(span, span.category(), startEpochNanos);
  }

  private static SpanRow copy(SpanRow span, String category, long startEpochNanos) {
    return new SpanRow(
        span.instance(),
        span.position(),
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.kind(),
        category,
        span.name(),
        startEpochNanos,
        span.durationNanos(),
        span.status(),
        span.statusDescription(),
        span.attributes(),
        span.payloads(),
        span.begun());
  }

  /** The same in another trace. */
  public static SpanRow inTrace(TraceId trace, SpanRow span) {
    return copy(span, trace, span.parentSpanId(), span.attributes(), span.payloads());
  }

  private static SpanRow copy(
      SpanRow span,
      TraceId trace,
      long parentSpanId,
      Map<String, Object> attributes,
      List<PayloadReference> payloads) {
    return new SpanRow(
        span.instance(),
        span.position(),
        trace,
        span.spanId(),
        parentSpanId,
        span.kind(),
        span.category(),
        span.name(),
        span.startEpochNanos(),
        span.durationNanos(),
        span.status(),
        span.statusDescription(),
        attributes,
        payloads,
        span.begun());
  }

  public static BegunRow begun(long position, long spanId) {
    return new BegunRow(
        position, TRACE, spanId, 0, "SERVER", "http", "GET /cart", time(position), Map.of("a", 1L));
  }

  public static EndedRow ended(long position, long spanId) {
    return new EndedRow(position, spanId, time(position), 700, "error");
  }

  public static ExceptionRow exception(
      InstanceId instance, long position, long spanId, long fingerprint, ThrownStack thrown) {
    return new ExceptionRow(
        instance,
        position,
        time(position),
        TRACE,
        spanId,
        "escaped",
        "main",
        "Cart#total",
        thrown.type(),
        thrown.message(),
        fingerprint,
        thrown);
  }

  public static ExceptionRow exception(
      InstanceId instance, long position, long spanId, long fingerprint) {
    return exception(instance, position, spanId, fingerprint, thrown("java.io.IOException", 0));
  }

  public static ThrownStack thrown(String type, long stackHash, String... frames) {
    return new ThrownStack(type, "at " + type, stackHash, List.of(frames), 0, null, List.of());
  }

  /** A reading in bytes. */
  public static MeasurementRow reading(
      long position, String name, double value, Map<String, Object> attributes) {
    return new MeasurementRow(position, time(position), name, "By", value, attributes);
  }

  /** A count of a period of ten nanoseconds, which may be wrong by so many either way. */
  public static ThrowCountRow throwCount(
      long position, @Nullable String site, long count, long error, ThrownStack thrown) {
    return new ThrowCountRow(
        position, time(position), 10, site, count, count - error, count + error, thrown);
  }

  /** A decision in the span of this id, made at the position's time, without confidence. */
  public static DecisionRow decision(long position, long decisionId, String name, long spanId) {
    return new DecisionRow(
        position,
        time(position),
        decisionId,
        TRACE,
        spanId,
        name,
        List.of("a", "b"),
        "a",
        Double.NaN,
        "",
        List.of("because"),
        Map.of());
  }

  /** An outcome of a decision, told at the position's time. */
  public static OutcomeRow outcome(long position, long decisionId, String label) {
    String id = String.format("%016x", decisionId);
    return new OutcomeRow(
        position, time(position), "decision", "", id, label, Double.NaN, null, null);
  }

  public static PayloadRow part(long position, long payloadId, int part, int parts, byte... bytes) {
    return new PayloadRow(position, time(position), payloadId, part, parts, 7, bytes);
  }

  public static long time(long position) {
    return position * 1_000;
  }
}
