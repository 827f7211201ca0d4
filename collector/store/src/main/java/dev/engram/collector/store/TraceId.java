package dev.engram.collector.store;

import java.util.HexFormat;

/** A W3C trace id. */
public record TraceId(long high, long low) {
  public static final TraceId NONE = new TraceId(0, 0);

  /** 32 lower-case hex digits. */
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(high) + format.toHexDigits(low);
  }
}
