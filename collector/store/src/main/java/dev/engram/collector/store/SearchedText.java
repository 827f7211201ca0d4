package dev.engram.collector.store;

import java.nio.charset.StandardCharsets;

/**
 * What is searched of a row: its first {@value #MOST} characters. Payloads that travelled in parts
 * are left out. Pure.
 *
 * <p>All its words must fit where a store keeps them: PostgreSQL takes a mebibyte, and a character
 * that was taken apart may be nine bytes.
 */
public final class SearchedText {
  /** Most characters of a row, and most bytes that are looked at of one of its payloads. */
  static final int MOST = 1 << 16;

  private SearchedText() {}

  /** Type and message of the throwable and of what caused it; of a logged one the template, too. */
  public static String of(ExceptionRow exception) {
    StringBuilder text = new StringBuilder();
    if (SearchIn.of(exception) == SearchIn.LOGS) {
      add(exception.site() == null ? "" : exception.site(), text);
    }
    add(exception.stack(), text);
    return cut(text);
  }

  /** What an index keeps the words of: nothing of bodies, which are too many. */
  public static String toIndex(SpanRow span) {
    return span.payloads().isEmpty() || SearchIn.of(span) == SearchIn.BODIES ? "" : of(span);
  }

  /** What it carries as payloads. */
  public static String of(SpanRow span) {
    StringBuilder text = new StringBuilder();
    for (PayloadReference payload : span.payloads()) {
      byte[] bytes = payload.bytes();
      if (bytes != null && text.length() < MOST) {
        add(new String(bytes, 0, Math.min(bytes.length, MOST), StandardCharsets.UTF_8), text);
      }
    }
    return cut(text);
  }

  private static void add(ThrownStack thrown, StringBuilder text) {
    add(thrown.type(), text);
    add(thrown.message() == null ? "" : thrown.message(), text);
    ThrownStack cause = thrown.cause();
    if (cause != null) {
      add(cause, text);
    }
    thrown.suppressed().forEach(suppressed -> add(suppressed, text));
  }

  private static void add(String more, StringBuilder text) {
    text.append(text.isEmpty() || more.isEmpty() ? "" : "\n").append(more);
  }

  private static String cut(StringBuilder text) {
    return text.length() > MOST ? text.substring(0, MOST) : text.toString();
  }
}
