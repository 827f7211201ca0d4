package dev.engram.agent.record;

import static dev.engram.agent.record.WireType.BYTES;
import static dev.engram.agent.record.WireType.FIXED64;
import static dev.engram.agent.record.WireType.VARINT;

import org.jspecify.annotations.Nullable;

/**
 * Every field of every record. A tag means the same in all kinds, is never used for anything else
 * and keeps its wire type; new fields are added at the end of their scope.
 */
public enum Field {
  TIME(Scope.RECORD, 1, FIXED64),
  TRACE_ID_HIGH(Scope.RECORD, 2, FIXED64),
  TRACE_ID_LOW(Scope.RECORD, 3, FIXED64),
  SPAN_ID(Scope.RECORD, 4, FIXED64),
  PARENT_SPAN_ID(Scope.RECORD, 5, FIXED64),
  SPAN_KIND(Scope.RECORD, 6, VARINT),
  CATEGORY(Scope.RECORD, 7, VARINT),
  NAME(Scope.RECORD, 8, BYTES),
  DURATION(Scope.RECORD, 9, VARINT),
  STATUS(Scope.RECORD, 10, VARINT),
  STATUS_DESCRIPTION(Scope.RECORD, 11, BYTES),
  ATTRIBUTE(Scope.RECORD, 12, BYTES),
  PAYLOAD(Scope.RECORD, 13, BYTES),
  BEGUN(Scope.RECORD, 14, VARINT),
  DROPPED_ATTRIBUTES(Scope.RECORD, 15, VARINT),
  ORIGIN(Scope.RECORD, 16, VARINT),
  THREAD_NAME(Scope.RECORD, 17, BYTES),
  SITE(Scope.RECORD, 18, BYTES),
  THROWN(Scope.RECORD, 19, BYTES),
  PAYLOAD_ID(Scope.RECORD, 20, FIXED64),
  PART(Scope.RECORD, 21, VARINT),
  PARTS(Scope.RECORD, 22, VARINT),
  CONTENT_HASH(Scope.RECORD, 23, FIXED64),
  CONTENT(Scope.RECORD, 24, BYTES),
  EVENT(Scope.RECORD, 25, BYTES),
  UNIT(Scope.RECORD, 26, BYTES),
  VALUE(Scope.RECORD, 27, FIXED64),
  DECISION_ID(Scope.RECORD, 28, FIXED64),
  OPTION(Scope.RECORD, 29, BYTES),
  CHOSEN(Scope.RECORD, 30, BYTES),
  CONFIDENCE(Scope.RECORD, 31, FIXED64),
  CONFIDENCE_SOURCE(Scope.RECORD, 32, BYTES),
  REASONING(Scope.RECORD, 33, BYTES),
  TARGET(Scope.RECORD, 34, BYTES),
  TARGET_ID(Scope.RECORD, 35, BYTES),
  LABEL(Scope.RECORD, 36, BYTES),
  SCORE(Scope.RECORD, 37, FIXED64),
  AUTHOR(Scope.RECORD, 38, BYTES),
  COMMENT(Scope.RECORD, 39, BYTES),
  REMEDY_ID(Scope.RECORD, 40, BYTES),
  ARM(Scope.RECORD, 41, BYTES),
  FINGERPRINT(Scope.RECORD, 42, FIXED64),
  TRIES(Scope.RECORD, 43, VARINT),
  RESULT(Scope.RECORD, 44, BYTES),
  ADDED(Scope.RECORD, 45, VARINT),
  THROW_SITE(Scope.RECORD, 46, BYTES),
  COUNT(Scope.RECORD, 47, VARINT),
  COUNT_LOW(Scope.RECORD, 48, VARINT),
  COUNT_HIGH(Scope.RECORD, 49, VARINT),

  ATTRIBUTE_CODE(Scope.ATTRIBUTE, 1, VARINT),
  ATTRIBUTE_NAME(Scope.ATTRIBUTE, 2, BYTES),
  ATTRIBUTE_TEXT(Scope.ATTRIBUTE, 3, BYTES),
  ATTRIBUTE_LONG(Scope.ATTRIBUTE, 4, VARINT),
  ATTRIBUTE_DOUBLE(Scope.ATTRIBUTE, 5, FIXED64),
  ATTRIBUTE_BOOLEAN(Scope.ATTRIBUTE, 6, VARINT),

  PAYLOAD_NAME(Scope.PAYLOAD, 1, BYTES),
  PAYLOAD_CONTENT_TYPE(Scope.PAYLOAD, 2, BYTES),
  PAYLOAD_SIZE(Scope.PAYLOAD, 3, VARINT),
  PAYLOAD_TRUNCATED(Scope.PAYLOAD, 4, VARINT),
  PAYLOAD_REFERENCE(Scope.PAYLOAD, 5, FIXED64),
  PAYLOAD_BYTES(Scope.PAYLOAD, 6, BYTES),

  THROWABLE_TYPE(Scope.THROWABLE, 1, BYTES),
  THROWABLE_MESSAGE(Scope.THROWABLE, 2, BYTES),
  THROWABLE_STACK_HASH(Scope.THROWABLE, 3, FIXED64),
  THROWABLE_FRAME(Scope.THROWABLE, 4, BYTES),
  THROWABLE_OMITTED_FRAMES(Scope.THROWABLE, 5, VARINT),
  THROWABLE_CAUSE(Scope.THROWABLE, 6, BYTES),
  THROWABLE_SUPPRESSED(Scope.THROWABLE, 7, BYTES),

  FRAME_CLASS(Scope.FRAME, 1, BYTES),
  FRAME_METHOD(Scope.FRAME, 2, BYTES),
  FRAME_FILE(Scope.FRAME, 3, BYTES),
  /** The line number + 2, so that no line a frame can have is negative. */
  FRAME_LINE(Scope.FRAME, 4, VARINT);

  /** Where a tag is valid: in the record itself, or in a group. */
  public enum Scope {
    RECORD,
    ATTRIBUTE,
    PAYLOAD,
    THROWABLE,
    FRAME
  }

  private static final @Nullable Field[][] BY_TAG = new Field[Scope.values().length][64];

  static {
    for (Field field : values()) {
      BY_TAG[field.scope.ordinal()][field.tag] = field;
    }
  }

  private final Scope scope;
  private final int tag;
  private final WireType wireType;

  Field(Scope scope, int tag, WireType wireType) {
    this.scope = scope;
    this.tag = tag;
    this.wireType = wireType;
  }

  public Scope scope() {
    return scope;
  }

  public int tag() {
    return tag;
  }

  public WireType wireType() {
    return wireType;
  }

  /** The field of this tag, or null when this version does not know it. */
  static @Nullable Field ofTag(Scope scope, int tag) {
    return tag < BY_TAG[0].length ? BY_TAG[scope.ordinal()][tag] : null;
  }

  int key() {
    return tag << 3 | wireType.code();
  }
}
