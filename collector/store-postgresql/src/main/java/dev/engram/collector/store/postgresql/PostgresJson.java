package dev.engram.collector.store.postgresql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.engram.collector.store.ThrownStack;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes, lists and throwables as JSON that PostgreSQL can keep and people can query. A whole
 * number is a Long, one with a point a Double; a Double that JSON has no word for stands as an
 * object with one text. Pure.
 */
final class PostgresJson {
  private static final String SPECIAL = "double";
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Finds frames by hash. */
  @FunctionalInterface
  interface Frames {
    /** Empty when they are not known. */
    List<String> of(long stackHash) throws SQLException;
  }

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private PostgresJson() {}

  static String attributes(Map<String, Object> attributes) {
    return text(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            json.writeFieldName(PostgresText.of(attribute.getKey()));
            value(json, attribute.getValue());
          }
          json.writeEndObject();
        });
  }

  static Map<String, Object> readAttributes(String text) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = PostgresText.read(json.currentName());
        json.nextToken();
        attributes.put(name, readValue(json));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return attributes;
  }

  static String strings(List<String> strings) {
    return text(json -> strings(json, strings));
  }

  static List<String> readStrings(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return readStrings(json);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Frames that have a hash are left out: they are kept once, beside it. */
  static String thrown(ThrownStack thrown) {
    return text(json -> thrown(json, thrown));
  }

  static ThrownStack readThrown(String text, Frames frames) throws SQLException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return readThrown(json, frames);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Double number) {
      number(json, number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(PostgresText.of(value.toString()));
    }
  }

  private static void number(JsonGenerator json, double value) throws IOException {
    boolean minusZero = value == 0 && 1 / value < 0;
    if (Double.isNaN(value) || Double.isInfinite(value) || minusZero) {
      json.writeStartObject();
      json.writeStringField(SPECIAL, Double.toString(value));
      json.writeEndObject();
      return;
    }
    String plain = new BigDecimal(Double.toString(value)).toPlainString();
    json.writeNumber(plain.indexOf('.') < 0 ? plain + ".0" : plain);
  }

  private static Object readValue(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> Double.valueOf(json.getText());
      case START_OBJECT -> {
        json.nextToken();
        double special = Double.parseDouble(json.nextTextValue());
        json.nextToken();
        yield special;
      }
      default -> PostgresText.read(json.getText());
    };
  }

  private static void strings(JsonGenerator json, List<String> strings) throws IOException {
    json.writeStartArray();
    for (String string : strings) {
      json.writeString(PostgresText.of(string));
    }
    json.writeEndArray();
  }

  private static List<String> readStrings(JsonParser json) throws IOException {
    List<String> strings = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      strings.add(PostgresText.read(json.getText()));
    }
    return strings;
  }

  private static void thrown(JsonGenerator json, ThrownStack thrown) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", PostgresText.of(thrown.type()));
    json.writeStringField("message", PostgresText.ofNullable(thrown.message()));
    json.writeNumberField("stack", thrown.stackHash());
    json.writeNumberField("omitted", thrown.omittedFrames());
    if (thrown.stackHash() == 0) {
      json.writeFieldName("frames");
      strings(json, thrown.frames());
    }
    ThrownStack cause = thrown.cause();
    if (cause != null) {
      json.writeFieldName("cause");
      thrown(json, cause);
    }
    json.writeArrayFieldStart("suppressed");
    for (ThrownStack suppressed : thrown.suppressed()) {
      thrown(json, suppressed);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** PostgreSQL keeps members in an order of its own. */
  private static ThrownStack readThrown(JsonParser json, Frames frames)
      throws IOException, SQLException {
    String type = "";
    @Nullable String message = null;
    long hash = 0;
    int omitted = 0;
    List<String> lines = List.of();
    @Nullable ThrownStack cause = null;
    List<ThrownStack> suppressed = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "type" -> type = PostgresText.read(json.getText());
        case "message" ->
            message = value == JsonToken.VALUE_NULL ? null : PostgresText.read(json.getText());
        case "stack" -> hash = json.getLongValue();
        case "omitted" -> omitted = json.getIntValue();
        case "frames" -> lines = readStrings(json);
        case "cause" -> cause = readThrown(json, frames);
        default -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            suppressed.add(readThrown(json, frames));
          }
        }
      }
    }
    List<String> known = hash == 0 ? lines : frames.of(hash);
    return new ThrownStack(type, message, hash, known, omitted, cause, suppressed);
  }

  private static String text(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writing.to(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
