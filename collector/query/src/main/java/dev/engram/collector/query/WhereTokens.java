package dev.engram.collector.query;

import dev.engram.collector.query.WhereExpression.Stop;
import dev.engram.collector.store.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words of a {@link WhereExpression}, one after the other. Not thread-safe. */
final class WhereTokens {
  private static final String ENDS_FIELD = "()=!<>~'\"";
  private static final String ENDS_VALUE = "()'\"";
  private static final List<String> KEYWORDS = List.of("and", "or", "not");
  private static final List<String> OPERATORS =
      Arrays.stream(Operator.values()).map(Operator::symbol).toList();

  private final String text;
  private int at;

  WhereTokens(String text) {
    this.text = text;
    skipBlanks();
  }

  /** Of what comes next, from 1. */
  int column() {
    return at + 1;
  }

  boolean atEnd() {
    return at == text.length();
  }

  boolean atClosing() {
    return isAt(')');
  }

  boolean atQuote() {
    return isAt('\'') || isAt('"');
  }

  boolean takeOpening() {
    return isAt('(') && skip(1);
  }

  boolean takeClosing() {
    return isAt(')') && skip(1);
  }

  /** Takes this keyword, in whatever case, if it comes next. */
  boolean take(String keyword) {
    String word = peekWord();
    return word.equalsIgnoreCase(keyword) && skip(word.length());
  }

  /** What comes next up to a blank or a special character; that character where it is the next. */
  String peekWord() {
    int end = end(ENDS_FIELD);
    return text.substring(at, end > at || atEnd() ? end : at + 1);
  }

  String field() throws Stop {
    return atQuote() ? quoted() : bare(ENDS_FIELD, "a field, such as duration,");
  }

  String value() throws Stop {
    return atQuote() ? quoted() : bare(ENDS_VALUE, "a value, in quotes if need be,");
  }

  Operator operator() throws Stop {
    Operator found = null;
    for (Operator operator : Operator.values()) {
      boolean here = text.startsWith(operator.symbol(), at);
      if (here && (found == null || operator.symbol().length() > found.symbol().length())) {
        found = operator;
      }
    }
    if (found == null) {
      throw missing("one of " + String.join(" ", OPERATORS));
    }
    skip(found.symbol().length());
    return found;
  }

  /** That this is missing here. */
  Stop missing(String what) {
    return new Stop(
        column(), what + " is missing" + (atEnd() ? " at the end" : " before " + peekWord()));
  }

  private String bare(String ends, String what) throws Stop {
    int end = end(ends);
    String word = text.substring(at, end);
    if (word.isEmpty() || KEYWORDS.contains(word.toLowerCase(Locale.ROOT))) {
      throw missing(what);
    }
    skip(word.length());
    return word;
  }

  private String quoted() throws Stop {
    int end = text.indexOf(text.charAt(at), at + 1);
    if (end < 0) {
      throw new Stop(column(), "the quote that begins here does not end");
    }
    String inside = text.substring(at + 1, end);
    skip(end + 1 - at);
    return inside;
  }

  /** Where the word that begins here ends. */
  private int end(String ends) {
    int end = at;
    while (end < text.length()
        && !isBlank(text.charAt(end))
        && ends.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean skip(int length) {
    at += length;
    skipBlanks();
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c);
  }
}
