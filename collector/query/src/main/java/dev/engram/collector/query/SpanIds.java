package dev.engram.collector.query;

import java.util.HexFormat;

/** How span ids are written. */
public final class SpanIds {
  private SpanIds() {}

  /** 16 lower-case hex digits. */
  public static String hex(long spanId) {
    return HexFormat.of().toHexDigits(spanId);
  }
}
