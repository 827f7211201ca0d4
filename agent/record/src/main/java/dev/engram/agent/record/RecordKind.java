package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of record. The code is the wire value: it is the ring's message type and a byte of each
 * record's header.
 */
public enum RecordKind {
  BEGUN(1),
  ENDED(2),
  SPAN(3),
  EXCEPTION(4),
  PAYLOAD(5),
  LIFECYCLE(6),
  MEASUREMENT(7),
  DECISION(8),
  FEEDBACK(9),
  REMEDY_ATTEMPT(10),
  THROW_COUNT(11),
  OUTCOME(12);

  /** One more than the highest code: the size of a table by kind. */
  public static final int TABLE_SIZE = 16;

  private static final @Nullable RecordKind[] BY_CODE = new RecordKind[TABLE_SIZE];

  static {
    for (RecordKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;

  RecordKind(int code) {
    this.code = code;
  }

  /** The wire value, 1 to 15. */
  public int code() {
    return code;
  }

  /** The kind of this code, or null when this version does not know it. */
  public static @Nullable RecordKind ofCode(int code) {
    return code < 0 || code >= TABLE_SIZE ? null : BY_CODE[code];
  }
}
