package dev.engram.collector.intake;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record in quarantine, as one line of JSON: its bytes, or the row that was made of them. Every
 * string comes back as it was, but for unpaired surrogates in the names of attributes. Immutable.
 */
final class QuarantinedLine {
  private static final String INSTANCE = "instance";
  private static final String POSITION = "position";
  private static final String REASON = "reason";
  private static final String RECORD = "record";
  private static final String ROW = "row";
  private static final String TYPE = "type";
  private static final String VALUE = "value";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new SimpleModule().addKeySerializer(String.class, new ReadableName()))
          .build();

  /** Jackson writes a name with an unpaired surrogate, and then refuses to read it. */
  private static final class ReadableName extends JsonSerializer<String> {
    private static final Pattern UNPAIRED = Pattern.compile("\\p{IsCs}");

    @Override
    public void serialize(String name, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeFieldName(UNPAIRED.matcher(name).replaceAll("\ufffd"));
    }
  }

  private final ObjectNode line;

  private QuarantinedLine(ObjectNode line) {
    this.line = line;
  }

  /** Of bytes that are no record, or none this version knows. */
  static QuarantinedLine of(InstanceId instance, long position, String reason, byte[] record) {
    QuarantinedLine made = of(instance, position, reason);
    made.line.put(RECORD, record);
    return made;
  }

  /** Of a row that the store refuses. */
  static QuarantinedLine of(InstanceId instance, Row row, String reason) {
    QuarantinedLine made = of(instance, row.position(), reason);
    ObjectNode typed = made.line.putObject(ROW);
    typed.put(TYPE, row.getClass().getSimpleName());
    typed.set(VALUE, JSON.valueToTree(row));
    return made;
  }

  private static QuarantinedLine of(InstanceId instance, long position, String reason) {
    ObjectNode line = JSON.createObjectNode();
    line.put(INSTANCE, instance.toString());
    line.put(POSITION, position);
    line.put(REASON, reason);
    return new QuarantinedLine(line);
  }

  /** Null when it is no such line. */
  static @Nullable QuarantinedLine parse(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode line ? new QuarantinedLine(line) : null;
    } catch (JsonProcessingException damaged) {
      return null;
    }
  }

  String reason() {
    return line.path(REASON).asText();
  }

  /** The record's bytes; null when it has a row, or neither. */
  byte @Nullable [] record() throws JsonProcessingException {
    return line.has(RECORD) ? JSON.treeToValue(line.get(RECORD), byte[].class) : null;
  }

  /**
   * The row, as one of this instance at this position; null when there is none, or of a kind that
   * this version does not know.
   */
  @Nullable Row row(InstanceId instance, long position) throws JsonProcessingException {
    JsonNode typed = line.path(ROW);
    Class<? extends Row> type = type(typed.path(TYPE).asText());
    if (type == null || !(typed.path(VALUE) instanceof ObjectNode value)) {
      return null;
    }
    ObjectNode moved = value.deepCopy();
    moved.put(POSITION, position);
    moved.set(INSTANCE, JSON.valueToTree(instance));
    return JSON.treeToValue(moved, type);
  }

  private static @Nullable Class<? extends Row> type(String name) {
    return Arrays.stream(Row.class.getPermittedSubclasses())
        .filter(kind -> kind.getSimpleName().equals(name))
        .<Class<? extends Row>>map(kind -> kind.asSubclass(Row.class))
        .findFirst()
        .orElse(null);
  }

  @Override
  public String toString() {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree can be written", impossible);
    }
  }
}
