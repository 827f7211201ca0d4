package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.ThrownStack;
import java.io.IOException;

/** An exception as JSON. */
final class ExceptionJson {
  private ExceptionJson() {}

  static String of(StoredException exception) {
    return JsonLines.line(json -> members(json, exception));
  }

  static void members(JsonGenerator json, StoredException exception) throws IOException {
    ExceptionRow row = exception.row();
    json.writeStringField("id", ErrorLabel.of(row.fingerprint()));
    json.writeStringField("time", Units.rfc3339(row.timeEpochNanos()));
    json.writeStringField("service", exception.service());
    json.writeStringField("trace_id", row.traceId().hex());
    json.writeStringField("span_id", SpanIds.hex(row.spanId()));
    json.writeStringField("origin", row.origin());
    json.writeStringField("site", row.site());
    json.writeStringField("thread", row.threadName());
    json.writeFieldName("thrown");
    thrown(json, row.stack());
  }

  private static void thrown(JsonGenerator json, ThrownStack stack) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", stack.type());
    json.writeStringField("message", stack.message());
    json.writeArrayFieldStart("frames");
    for (String frame : stack.frames()) {
      json.writeString(frame);
    }
    json.writeEndArray();
    json.writeNumberField("omitted_frames", stack.omittedFrames());
    if (stack.cause() != null) {
      json.writeFieldName("cause");
      thrown(json, stack.cause());
    }
    json.writeArrayFieldStart("suppressed");
    for (ThrownStack other : stack.suppressed()) {
      thrown(json, other);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
