package dev.engram.agent.record;

/** OpenTelemetry's span kinds, with their wire codes. */
public enum SpanKind {
  INTERNAL(1),
  SERVER(2),
  CLIENT(3),
  PRODUCER(4),
  CONSUMER(5);

  private final int code;

  SpanKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The kind of this code; INTERNAL for one this version does not know. */
  public static SpanKind ofCode(int code) {
    for (SpanKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return INTERNAL;
  }
}
