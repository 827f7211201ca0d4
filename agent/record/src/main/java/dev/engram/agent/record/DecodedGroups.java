package dev.engram.agent.record;

import dev.engram.agent.record.Field.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the groups inside records: attributes, payloads, throwables, frames. Stateless. */
final class DecodedGroups {
  private DecodedGroups() {}

  /** Puts the attribute into the map; one whose code is unknown is kept by its number. */
  static void attribute(FieldReader reader, Map<String, Object> into) {
    String name = "";
    Object value = "";
    while (reader.next(Scope.ATTRIBUTE)) {
      switch (reader.field()) {
        case ATTRIBUTE_CODE -> name = attributeName(reader.smallNumber());
        case ATTRIBUTE_NAME -> name = reader.text();
        case ATTRIBUTE_TEXT -> value = reader.text();
        case ATTRIBUTE_LONG -> value = reader.number();
        case ATTRIBUTE_DOUBLE -> value = reader.real();
        case ATTRIBUTE_BOOLEAN -> value = reader.flag();
        default -> throw new IllegalStateException(reader.field().name());
      }
    }
    into.put(name, value);
  }

  private static String attributeName(int code) {
    AttributeKey key = AttributeKey.ofCode(code);
    return key != null ? key.name() : "engram.attribute." + code;
  }

  static Payload payload(FieldReader reader) {
    String name = "";
    String contentType = null;
    long size = 0;
    boolean truncated = false;
    long reference = 0;
    byte[] bytes = null;
    while (reader.next(Scope.PAYLOAD)) {
      switch (reader.field()) {
        case PAYLOAD_NAME -> name = reader.text();
        case PAYLOAD_CONTENT_TYPE -> contentType = reader.text();
        case PAYLOAD_SIZE -> size = reader.number();
        case PAYLOAD_TRUNCATED -> truncated = reader.flag();
        case PAYLOAD_REFERENCE -> reference = reader.number();
        case PAYLOAD_BYTES -> bytes = reader.raw();
        default -> throw new IllegalStateException(reader.field().name());
      }
    }
    return new Payload(name, contentType, size, truncated, reference, bytes);
  }

  static ThrowableShape throwable(FieldReader reader) {
    String type = "";
    String message = null;
    long stackHash = 0;
    List<StackFrame> frames = new ArrayList<>(0);
    int omitted = 0;
    ThrowableShape cause = null;
    List<ThrowableShape> suppressed = new ArrayList<>(0);
    while (reader.next(Scope.THROWABLE)) {
      switch (reader.field()) {
        case THROWABLE_TYPE -> type = reader.text();
        case THROWABLE_MESSAGE -> message = reader.text();
        case THROWABLE_STACK_HASH -> stackHash = reader.number();
        case THROWABLE_FRAME -> frames.add(frame(reader.group()));
        case THROWABLE_OMITTED_FRAMES -> omitted = reader.smallNumber();
        case THROWABLE_CAUSE -> cause = throwable(reader.group());
        case THROWABLE_SUPPRESSED -> suppressed.add(throwable(reader.group()));
        default -> throw new IllegalStateException(reader.field().name());
      }
    }
    return new ThrowableShape(
        type, message, stackHash, List.copyOf(frames), omitted, cause, List.copyOf(suppressed));
  }

  private static StackFrame frame(FieldReader reader) {
    String className = "";
    String methodName = "";
    @Nullable String fileName = null;
    int line = -2;
    while (reader.next(Scope.FRAME)) {
      switch (reader.field()) {
        case FRAME_CLASS -> className = reader.text();
        case FRAME_METHOD -> methodName = reader.text();
        case FRAME_FILE -> fileName = reader.text();
        case FRAME_LINE -> line = (int) (reader.number() - 2);
        default -> throw new IllegalStateException(reader.field().name());
      }
    }
    return new StackFrame(className, methodName, fileName, line);
  }
}
