package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/**
 * A message without the parts that differ between occurrences of one error: {@code Order 17 of
 * a@b.org not found} becomes {@code Order <number> of <email> not found}. Of several lines the
 * first that says anything: what follows explains it, with values. Pure, bounded, linear.
 */
public final class MessageTemplate {
  /** What comes after this many chars has no part in a template. */
  private static final int MAX_INPUT = 2048;

  /** A quotation longer than this is prose that happens to hold a quote. */
  private static final int MAX_QUOTATION = 256;

  private final String text;
  private final StringBuilder template;

  private MessageTemplate(String text) {
    this.text = text;
    this.template = new StringBuilder(text.length() + 16);
  }

  /** The template of this message; empty for none. */
  public static String of(@Nullable String message) {
    if (message == null) {
      return "";
    }
    String bounded = message.length() > MAX_INPUT ? message.substring(0, MAX_INPUT) : message;
    return new MessageTemplate(firstLine(bounded)).build();
  }

  private static String firstLine(String message) {
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  private String build() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (isQuote(c)) {
        i = quotation(i);
      } else if (MessageToken.isPart(c)) {
        i = token(i);
      } else {
        i = separator(i);
      }
    }
    return template.toString().trim();
  }

  private int separator(int i) {
    char c = text.charAt(i);
    boolean space = Character.isWhitespace(c);
    int last = template.length() - 1;
    if (!space) {
      template.append(c);
    } else if (last >= 0 && template.charAt(last) != ' ') {
      template.append(' ');
    }
    return i + 1;
  }

  /** An apostrophe inside a word is none. */
  private int quotation(int open) {
    char quote = text.charAt(open);
    boolean opens = open == 0 || !Character.isLetterOrDigit(text.charAt(open - 1));
    int end = Math.min(text.length(), open + MAX_QUOTATION);
    for (int i = open + 1; opens && i < end; i++) {
      boolean closes = i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1));
      if (text.charAt(i) == quote && closes) {
        template.append("<quoted>");
        return i + 1;
      }
    }
    template.append(quote);
    return open + 1;
  }

  private int token(int start) {
    int end = start;
    while (end < text.length() && MessageToken.isPart(text.charAt(end))) {
      end++;
    }
    if (text.substring(start, end).indexOf("://") > 0) {
      template.append("<url>");
      return endOfUrl(end);
    }
    int last = end;
    while (last > start && MessageToken.isTrailing(text.charAt(last - 1))) {
      last--;
    }
    MessageToken.appendMasked(text.substring(start, last), template);
    template.append(text, last, end);
    return end;
  }

  private int endOfUrl(int from) {
    int end = from;
    while (end < text.length()
        && "\"'<>()[]{}`".indexOf(text.charAt(end)) < 0
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"' || c == '`';
  }
}
