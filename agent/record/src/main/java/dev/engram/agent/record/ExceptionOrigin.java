package dev.engram.agent.record;

import java.util.Locale;

/** How an exception came to be seen, with its wire code. */
public enum ExceptionOrigin {
  /** It left the instrumented method or handler. */
  ESCAPED(1),
  /** A framework caught it and turned it into an error response. */
  HANDLED(2),
  LOGGED(3),
  /** Thrown and caught without a trace. */
  SWALLOWED(4);

  private final int code;

  ExceptionOrigin(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The name users see: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The origin of this code; ESCAPED for one this version does not know. */
  public static ExceptionOrigin ofCode(int code) {
    for (ExceptionOrigin origin : values()) {
      if (origin.code == code) {
        return origin;
      }
    }
    return ESCAPED;
  }
}
