package dev.engram.agent.record;

/** OpenTelemetry's span status, with its wire code. */
public enum SpanStatus {
  UNSET(0),
  OK(1),
  ERROR(2);

  private final int code;

  SpanStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The status of this code; UNSET for one this version does not know. */
  public static SpanStatus ofCode(int code) {
    return code == 1 ? OK : code == 2 ? ERROR : UNSET;
  }
}
