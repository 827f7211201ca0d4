package dev.engram.agent.core.context;

import org.jspecify.annotations.Nullable;

/**
 * The W3C {@code traceparent} header: {@code version-traceid-parentid-flags} in lower-case hex.
 * Immutable.
 *
 * @param spanId the caller's span; 0 where none is known
 * @param flags those that whoever goes on with the trace passes on: {@link #SAMPLED}, and bit 1 for
 *     a random trace id
 */
public record Traceparent(long traceIdHigh, long traceIdLow, long spanId, int flags) {
  /** The flag of a trace that is recorded somewhere. */
  public static final int SAMPLED = 1;

  /** The others have no meaning yet, and are sent as 0. */
  private static final int KNOWN_FLAGS = 3;

  private static final int LENGTH = 55;
  private static final int TRACE_ID = 3;
  private static final int HALF_TRACE_ID = 16;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;
  private static final String DIGITS = "0123456789abcdef";

  /**
   * What the header says, or null when it is malformed and must be ignored. A version newer than 00
   * may go on after the flags, of which only the sampled one is sure to mean the same.
   */
  public static @Nullable Traceparent parse(@Nullable String header) {
    if (header == null || !hasShape(header)) {
      return null;
    }
    long high = hex(header, TRACE_ID);
    long low = hex(header, TRACE_ID + HALF_TRACE_ID);
    long span = hex(header, SPAN_ID);
    return (high == 0 && low == 0) || span == 0
        ? null
        : new Traceparent(high, low, span, flags(header));
  }

  /** The same trace as seen by those that this span calls. */
  public Traceparent of(long spanId) {
    return new Traceparent(traceIdHigh, traceIdLow, spanId, flags);
  }

  /** The header of version 00. */
  public String format() {
    StringBuilder header = new StringBuilder(LENGTH).append("00-");
    append(traceIdHigh, header);
    append(traceIdLow, header);
    append(spanId, header.append('-'));
    return header.append("-0").append(flags).toString();
  }

  private static boolean hasShape(String header) {
    if (header.length() < LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = header.charAt(i);
      boolean dash = i == TRACE_ID - 1 || i == SPAN_ID - 1 || i == FLAGS - 1;
      if (dash ? c != '-' : digit(c) < 0) {
        return false;
      }
    }
    return endsRight(header);
  }

  private static boolean endsRight(String header) {
    if (header.startsWith("ff")) {
      return false;
    }
    return header.length() == LENGTH || !header.startsWith("00") && header.charAt(LENGTH) == '-';
  }

  private static int flags(String header) {
    int last = digit(header.charAt(LENGTH - 1));
    return last & (header.startsWith("00") ? KNOWN_FLAGS : SAMPLED);
  }

  /** Eight bytes, whose digits were looked at before. */
  private static long hex(String text, int from) {
    long value = 0;
    for (int i = from; i < from + HALF_TRACE_ID; i++) {
      value = value << 4 | digit(text.charAt(i));
    }
    return value;
  }

  /** Of a lower-case digit; -1 for any other character. */
  private static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  private static void append(long value, StringBuilder to) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      to.append(DIGITS.charAt((int) (value >>> shift) & 0xF));
    }
  }
}
