package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.engram.collector.analysis.Proportion;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. Everything beyond ASCII is escaped, so that hostile text harms no
 * terminal and broken surrogates stay what they are.
 */
public final class JsonLines {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Writes the members of one object. */
  @FunctionalInterface
  public interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private JsonLines() {}

  /** The object on one line, without its line end. */
  public static String line(Members members) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return line.toString();
  }

  /** An object of values that are String, Long, Integer, Double or Boolean. */
  static void map(JsonGenerator json, String name, Map<String, ?> values) throws IOException {
    json.writeObjectFieldStart(name);
    members(json, values);
    json.writeEndObject();
  }

  /** The same values as members of the object that is being written. */
  static void members(JsonGenerator json, Map<String, ?> values) throws IOException {
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey());
      value(json, entry.getValue());
    }
  }

  static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** A number, or null where it is not known. */
  static void number(JsonGenerator json, String name, @Nullable Double value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  /** A duration; null where it is not known, which is -1. */
  static void duration(JsonGenerator json, String name, long nanos) throws IOException {
    if (nanos < 0) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, nanos);
    }
  }

  /** The count, its share, and between which it lies with 95% probability. */
  static void proportion(JsonGenerator json, String countName, String rateName, Proportion share)
      throws IOException {
    json.writeNumberField(countName, share.count());
    json.writeNumberField(rateName, share.rate());
    json.writeNumberField(rateName + "_low", share.low());
    json.writeNumberField(rateName + "_high", share.high());
  }

  static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      json.writeNumber(number);
    } else if (value instanceof Number number && !(value instanceof Double)) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }
}
