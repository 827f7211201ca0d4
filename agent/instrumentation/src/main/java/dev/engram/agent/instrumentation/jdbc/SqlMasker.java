package dev.engram.agent.instrumentation.jdbc;

/**
 * Replaces the literals of one statement by {@code ?} in a single pass, and notes what the
 * statement does to what. Knows just enough of SQL for every dialect: strings, numbers, comments,
 * dollar quotes, quoted identifiers. Where dialects disagree it drops text rather than risk showing
 * a literal: a backslash before a quote may or may not end the string, so the text is cut there, as
 * it is at a bracketed name with a quote in it and where a password follows that is no string.
 * Confined to one thread.
 */
final class SqlMasker {
  /** What is read of a statement; the rest is cut. */
  static final int LIMIT = 16 << 10;

  /** How far a bracket is followed that may begin a name. */
  private static final int LONGEST_NAME = 256;

  private final String sql;
  private final int end;
  private final boolean quotedStrings;
  private final StringBuilder out;
  private final SqlOutline outline = new SqlOutline();
  private int at;
  private int listDepth = -1;
  private int depth;
  private boolean cut;

  SqlMasker(String sql, boolean quotedStrings) {
    this.sql = sql;
    this.end = Math.min(sql.length(), LIMIT);
    this.quotedStrings = quotedStrings;
    this.out = new StringBuilder(Math.min(end, 512));
  }

  SqlText mask() {
    while (at < end) {
      step();
    }
    if (cut || end < sql.length()) {
      out.append("...");
    }
    return new SqlText(sql, out.toString().strip(), outline.operation(), outline.target());
  }

  private void step() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
      space();
    } else if (isCommentStart(c)) {
      skipComment(c);
      space();
    } else if (c == '\'' || (c == '"' && quotedStrings)) {
      string(c);
    } else if (c == '"' || c == '`') {
      quotedIdentifier(c);
    } else if (c == '$' && dollarTagEnd() > 0) {
      dollarString();
    } else if (c == '[' && mayHoldOddQuote()) {
      cut();
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)) && !afterWord())) {
      number();
    } else if (isWordStart(c)) {
      word();
    } else {
      symbol(c);
    }
  }

  private boolean isCommentStart(char c) {
    return (c == '-' && peek(1) == '-')
        || (c == '/' && peek(1) == '*')
        || (c == '#' && quotedStrings);
  }

  private void skipComment(char c) {
    String close = c == '/' ? "*/" : "\n";
    int found = sql.indexOf(close, c == '#' ? at + 1 : at + 2);
    at = found < 0 ? end : Math.min(found + close.length(), end);
  }

  /** A doubled quote stays inside the string. */
  private void string(char quote) {
    int i = at + 1;
    while (i < end) {
      char c = sql.charAt(i);
      if (c == quote) {
        if (escapedBefore(i)) {
          break;
        }
        if (i + 1 < end && sql.charAt(i + 1) == quote) {
          i++;
        } else {
          at = i + 1;
          literal();
          return;
        }
      }
      i++;
    }
    // Unterminated, or nobody can tell where it ends.
    literal();
    cut();
  }

  private boolean escapedBefore(int i) {
    int backslashes = 0;
    while (sql.charAt(i - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private void quotedIdentifier(char quote) {
    int close = sql.indexOf(quote, at + 1);
    if (close < 0 || close >= end) {
      cut();
      return;
    }
    String identifier = sql.substring(at, close + 1);
    outline.name(identifier, depth);
    out.append(identifier);
    at = close + 1;
  }

  /**
   * The index of the second {@code $} of an opening tag such as {@code $$} or {@code $body$}, or
   * -1.
   */
  private int dollarTagEnd() {
    int i = at + 1;
    while (i < end && isWordPart(sql.charAt(i)) && sql.charAt(i) != '$') {
      i++;
    }
    boolean tag = i < end && sql.charAt(i) == '$' && !isDigit(peek(1));
    return tag ? i : -1;
  }

  private void dollarString() {
    int open = dollarTagEnd();
    String tag = sql.substring(at, open + 1);
    int close = sql.indexOf(tag, open + 1);
    at = close < 0 ? end : Math.min(end, close + tag.length());
    literal();
  }

  /** Oracle's {@code q'[it's]'}: the bracket, or any other character, ends it before a quote. */
  private void alternativeString() {
    char open = peek(1);
    int pair = "[{(<".indexOf(open);
    char closing = pair < 0 ? open : "]})>".charAt(pair);
    int close = sql.indexOf(closing + "'", at + 2);
    at = close < 0 ? end : Math.min(end, close + 2);
    literal();
  }

  /**
   * {@code [it's]} is a name to some, {@code ARRAY['it']} is none: a lone quote inverts the rest.
   */
  private boolean mayHoldOddQuote() {
    boolean odd = false;
    int last = Math.min(end, at + LONGEST_NAME);
    for (int i = at + 1; i < last && sql.charAt(i) != ']'; i++) {
      odd ^= sql.charAt(i) == '\'';
    }
    return odd;
  }

  private void number() {
    int i = at;
    while (i < end && (isWordPart(sql.charAt(i)) || sql.charAt(i) == '.' || isExponentSign(i))) {
      i++;
    }
    at = i;
    literal();
  }

  private boolean isExponentSign(int i) {
    char c = sql.charAt(i);
    char before = i == 0 ? ' ' : sql.charAt(i - 1);
    return (c == '+' || c == '-')
        && (before == 'e' || before == 'E')
        && !sql.startsWith("0x", at)
        && !sql.startsWith("0X", at);
  }

  private void word() {
    int i = at;
    while (i < end && isWordPart(sql.charAt(i))) {
      i++;
    }
    String word = sql.substring(at, i);
    boolean beforePassword = outline.lastWordIs("IDENTIFIED") && word.equalsIgnoreCase("BY");
    outline.word(word, depth);
    out.append(word);
    at = i;
    if (beforePassword) {
      cut();
    } else if (peek(0) == '\'' && (word.equalsIgnoreCase("q") || word.equalsIgnoreCase("nq"))) {
      alternativeString();
    }
  }

  private void cut() {
    at = end;
    cut = true;
  }

  private void symbol(char c) {
    if (c == '(') {
      depth++;
      if (listDepth < 0 && outline.lastWordIs("IN")) {
        listDepth = depth;
      }
    } else if (c == ')') {
      if (depth == listDepth) {
        listDepth = -1;
      }
      depth--;
    }
    at++;
    if (c == '?' || c == ':' || c == '@' || c == '$') {
      placeholder(c);
    } else {
      outline.symbol(c);
      out.append(c);
    }
  }

  /** {@code ?}, {@code ?1}, {@code $1}, {@code :name}: no literals, though digits may follow. */
  private void placeholder(char c) {
    if (c == '?' && !isDigit(peek(0))) {
      literal();
      return;
    }
    int begin = at;
    while (at < end && isWordPart(sql.charAt(at))) {
      at++;
    }
    outline.symbol(c);
    out.append(c).append(sql, begin, at);
  }

  private void literal() {
    outline.symbol('?');
    if (listDepth == depth && endsWithListItem()) {
      out.setLength(out.lastIndexOf("?") + 1);
    } else {
      out.append('?');
    }
  }

  /** Lists differ in length from call to call: {@code IN (?, ?, ?)} becomes {@code IN (?)}. */
  private boolean endsWithListItem() {
    int i = out.length() - 1;
    while (i >= 0 && out.charAt(i) == ' ') {
      i--;
    }
    if (i < 1 || out.charAt(i) != ',') {
      return false;
    }
    i--;
    while (i >= 0 && out.charAt(i) == ' ') {
      i--;
    }
    return i >= 0 && out.charAt(i) == '?';
  }

  private void space() {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }

  private boolean afterWord() {
    return at > 0 && (isWordPart(sql.charAt(at - 1)) || sql.charAt(at - 1) == '"');
  }

  private char peek(int ahead) {
    return at + ahead < end ? sql.charAt(at + ahead) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isWordPart(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }
}
