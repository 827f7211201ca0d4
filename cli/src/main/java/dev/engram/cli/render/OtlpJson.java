package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Spans as OpenTelemetry's protocol has them in JSON: ids in hex, 64-bit numbers as text, kinds and
 * status codes as numbers.
 */
final class OtlpJson {
  private static final Map<String, Integer> KINDS =
      Map.of("INTERNAL", 1, "SERVER", 2, "CLIENT", 3, "PRODUCER", 4, "CONSUMER", 5);
  private static final int UNSET = 0;
  private static final int OK = 1;
  private static final int ERROR = 2;

  private OtlpJson() {}

  /** One object with all spans of a page, by instance. */
  static String line(List<StoredSpan> page, ExportFormat.Known known) {
    Map<InstanceId, List<StoredSpan>> byInstance = new LinkedHashMap<>();
    page.forEach(
        span ->
            byInstance
                .computeIfAbsent(span.row().instance(), absent -> new ArrayList<>())
                .add(span));
    Function<StoredSpan, List<StoredException>> exceptions = known.exceptionsOf(page);
    return JsonLines.line(
        json -> {
          json.writeArrayFieldStart("resourceSpans");
          for (List<StoredSpan> spans : byInstance.values()) {
            resource(json, spans, known, exceptions);
          }
          json.writeEndArray();
        });
  }

  private static void resource(
      JsonGenerator json,
      List<StoredSpan> spans,
      ExportFormat.Known known,
      Function<StoredSpan, List<StoredException>> exceptions)
      throws IOException {
    StoredSpan first = spans.get(0);
    InstanceId instance = first.row().instance();
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("service.name", first.service());
    attributes.put("service.instance.id", instance.toString());
    if (!known.version(instance).isEmpty()) {
      attributes.put("service.version", known.version(instance));
    }
    json.writeStartObject();
    json.writeObjectFieldStart("resource");
    attributes(json, attributes);
    json.writeEndObject();
    json.writeArrayFieldStart("scopeSpans");
    json.writeStartObject();
    json.writeObjectFieldStart("scope");
    json.writeStringField("name", "engram");
    json.writeEndObject();
    json.writeArrayFieldStart("spans");
    for (StoredSpan span : spans) {
      span(json, span, exceptions.apply(span));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void span(JsonGenerator json, StoredSpan span, List<StoredException> exceptions)
      throws IOException {
    SpanRow row = span.row();
    long start = Math.max(0, row.startEpochNanos());
    long end = start + Math.max(0, row.durationNanos());
    json.writeStartObject();
    json.writeStringField("traceId", row.traceId().hex());
    json.writeStringField("spanId", SpanIds.hex(row.spanId()));
    if (row.parentSpanId() != 0) {
      json.writeStringField("parentSpanId", SpanIds.hex(row.parentSpanId()));
    }
    json.writeStringField("name", whole(row.name()));
    json.writeNumberField("kind", KINDS.getOrDefault(row.kind(), 0));
    json.writeStringField("startTimeUnixNano", Long.toString(start));
    json.writeStringField("endTimeUnixNano", Long.toString(end < 0 ? Long.MAX_VALUE : end));
    Map<String, Object> attributes = new TreeMap<>(row.attributes());
    attributes.put("engram.category", row.category());
    attributes(json, attributes);
    events(json, exceptions);
    status(json, row);
    json.writeEndObject();
  }

  private static void events(JsonGenerator json, List<StoredException> exceptions)
      throws IOException {
    json.writeArrayFieldStart("events");
    for (StoredException exception : exceptions) {
      Map<String, Object> attributes = new TreeMap<>();
      attributes.put("exception.type", exception.row().type());
      String message = exception.row().message();
      attributes.put("exception.message", message == null ? "" : message);
      attributes.put("engram.exception.origin", exception.row().origin());
      json.writeStartObject();
      json.writeStringField("name", "exception");
      long time = Math.max(0, exception.row().timeEpochNanos());
      json.writeStringField("timeUnixNano", Long.toString(time));
      attributes(json, attributes);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The protocol has no word for what was interrupted: it did not end well. */
  private static void status(JsonGenerator json, SpanRow row) throws IOException {
    int code =
        switch (row.status()) {
          case "ok" -> OK;
          case "error", "interrupted" -> ERROR;
          default -> UNSET;
        };
    String why = row.status().equals("interrupted") ? "interrupted" : row.statusDescription();
    json.writeObjectFieldStart("status");
    json.writeNumberField("code", code);
    if (why != null) {
      json.writeStringField("message", whole(why));
    }
    json.writeEndObject();
  }

  private static void attributes(JsonGenerator json, Map<String, Object> attributes)
      throws IOException {
    json.writeArrayFieldStart("attributes");
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      json.writeStartObject();
      json.writeStringField("key", whole(attribute.getKey()));
      json.writeObjectFieldStart("value");
      value(json, attribute.getValue());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean truth) {
      json.writeBooleanField("boolValue", truth);
    } else if (value instanceof Long number) {
      json.writeStringField("intValue", Long.toString(number));
    } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      json.writeStringField("doubleValue", number.toString());
    } else if (value instanceof Double number) {
      json.writeNumberField("doubleValue", number);
    } else {
      json.writeStringField("stringValue", whole(value.toString()));
    }
  }

  /** Readers of the protocol refuse text that is no Unicode: halves of pairs are replaced. */
  private static String whole(String text) {
    boolean broken = text.codePoints().anyMatch(OtlpJson::isHalf);
    return broken
        ? text.codePoints()
            .map(point -> isHalf(point) ? 0xfffd : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
        : text;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
