package dev.engram.agent.core.context;

import org.jspecify.annotations.Nullable;

/**
 * The W3C {@code traceparent} header: {@code version-traceid-parentid-flags} in lower-case hex.
 * Immutable.
 *
 * @param spanId the caller's span
 */
public record Traceparent(long traceIdHigh, long traceIdLow, long spanId) {
  private static final int LENGTH = 55;
  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;
  private static final String DIGITS = "0123456789abcdef";

  /**
   * What the header says, or null when it is malformed and must be ignored. A version newer than 00
   * may go on after the flags.
   */
  public static @Nullable Traceparent parse(@Nullable String header) {
    if (header == null || !hasShape(header)) {
      return null;
    }
    Traceparent parsed =
        new Traceparent(
            hex(header, TRACE_ID, 16), hex(header, TRACE_ID + 16, 16), hex(header, SPAN_ID, 16));
    boolean noTrace = parsed.traceIdHigh == 0 && parsed.traceIdLow == 0;
    return noTrace || parsed.spanId == 0 ? null : parsed;
  }

  /** The header of version 00 with the sampled flag set: everything is remembered. */
  public String format() {
    StringBuilder header = new StringBuilder(LENGTH).append("00-");
    append(traceIdHigh, header);
    append(traceIdLow, header);
    append(spanId, header.append('-'));
    return header.append("-01").toString();
  }

  private static boolean hasShape(String header) {
    if (header.length() < LENGTH
        || !isHex(header, 0, 2)
        || !isHex(header, TRACE_ID, 32)
        || !isHex(header, SPAN_ID, 16)
        || !isHex(header, FLAGS, 2)) {
      return false;
    }
    boolean dashes =
        header.charAt(TRACE_ID - 1) == '-'
            && header.charAt(SPAN_ID - 1) == '-'
            && header.charAt(FLAGS - 1) == '-';
    return dashes && endsRight(header);
  }

  private static boolean endsRight(String header) {
    if (header.startsWith("ff")) {
      return false;
    }
    return header.length() == LENGTH || !header.startsWith("00") && header.charAt(LENGTH) == '-';
  }

  private static boolean isHex(String text, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static long hex(String text, int from, int length) {
    return Long.parseUnsignedLong(text, from, from + length, 16);
  }

  private static void append(long value, StringBuilder to) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      to.append(DIGITS.charAt((int) (value >>> shift) & 0xF));
    }
  }
}
