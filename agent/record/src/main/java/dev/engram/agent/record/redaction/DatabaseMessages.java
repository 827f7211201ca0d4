package dev.engram.agent.record.redaction;

import java.util.Locale;
import java.util.Set;

/**
 * Replaces by {@code ?} the values that databases and their drivers quote in messages: literals of
 * the statement, keys and rows. Names stay where the message says what they name, as in {@code
 * table "orders"}; any other quotation may be a value. Where it ends nobody can tell, since it may
 * hold quotes and brackets of its own: it is taken to end at the last of the message. One pass; for
 * one message, confined to one thread.
 */
final class DatabaseMessages {
  /** What a name in quotes may stand behind. */
  private static final Set<String> NAMED =
      Set.of(
          "catalog",
          "collection",
          "column",
          "constraint",
          "database",
          "function",
          "index",
          "key",
          "object",
          "procedure",
          "relation",
          "schema",
          "sequence",
          "table",
          "trigger",
          "view");

  private static final int LONGEST_NAMED = 10;

  /** Those of SQL, and of the languages that servers speak. */
  private static final String QUOTES =
      "'\"\u00ab\u00bb\u201c\u201d\u201e\u2018\u2019\u201a\u2039\u203a";

  private static final String APOSTROPHES = "'\u2019";
  private static final String LITERAL = "?";

  private final String text;
  private final RedactedText output;

  /** Where the last value in quotes ends, and the last bracket; -1 for none. */
  private final int lastQuote;

  private final int lastBracket;

  /** The last bracket that a full stop and no more of the line follows. */
  private final int endOfSentence;

  private DatabaseMessages(String text, boolean cut) {
    this.text = text;
    output = new RedactedText(text);
    int last = lastQuote();
    // A literal or row that nobody saw the end of goes on to the end of what there is.
    lastQuote = cut && last >= 0 ? text.length() - 1 : endOfQuotations(last);
    lastBracket = cut ? text.length() : text.lastIndexOf(')');
    endOfSentence = cut ? text.length() : endOfSentence();
  }

  /**
   * Whether throwables of this class come from a database: drivers have the language, the interface
   * or the product in their names.
   */
  static boolean isWrittenBy(String className) {
    String lower = className.toLowerCase(Locale.ROOT);
    return lower.contains("sql")
        || lower.contains("jdbc")
        || lower.contains("r2dbc")
        || lower.contains("mongo");
  }

  /**
   * The message, or what may be remembered of it; without a value it stays the same object.
   *
   * @param cut whether the text is only its beginning
   */
  static String redact(String text, boolean cut) {
    return new DatabaseMessages(text, cut).redact();
  }

  private String redact() {
    int at = 0;
    while (at < text.length()) {
      at = step(at, text.charAt(at));
    }
    return output.toString();
  }

  private int step(int at, char c) {
    if (QUOTES.indexOf(c) >= 0) {
      return quotation(at, c);
    }
    if (c == '(') {
      return row(at);
    }
    if (c == '$') {
      return dollarString(at);
    }
    if (text.startsWith("--", at)) {
      return hide(at, behind("\n", at, 0));
    }
    if (text.startsWith("/*", at)) {
      return hide(at, behind("*/", at + 2, 2));
    }
    return Character.isLetterOrDigit(c) ? word(at, c) : at + 1;
  }

  /** To there, or to the last quote, since one of those before it may be part of what is hidden. */
  private int hide(int from, int end) {
    int last = lastQuote < from ? end : Math.max(end, lastQuote + 1);
    output.hide(from, last, LITERAL);
    return last;
  }

  private int behind(String mark, int from, int length) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found + length;
  }

  private int quotation(int at, char quote) {
    int name = endOfName(at, quote);
    if (name > 0 || isApostrophe(at)) {
      return Math.max(name, at + 1);
    }
    // One that nothing answers opens a literal that was cut.
    return hide(at, at == lastQuote ? text.length() : at + 1);
  }

  /** A statement that was refused for it has a literal that nothing ends. */
  private int endOfQuotations(int last) {
    return last >= 0 && opens(last) ? text.length() - 1 : last;
  }

  private boolean opens(int quote) {
    char before = quote == 0 ? ' ' : text.charAt(quote - 1);
    int next = quote + 1;
    return Character.isWhitespace(before)
        || "=(,[".indexOf(before) >= 0
        || (next < text.length() && Character.isLetterOrDigit(text.charAt(next)));
  }

  private int lastQuote() {
    int at = text.length() - 1;
    while (at >= 0) {
      char c = text.charAt(at);
      if (QUOTES.indexOf(c) >= 0) {
        int begin = beginOfName(at, c);
        if (begin < 0) {
          return at;
        }
        at = begin;
      }
      at--;
    }
    return -1;
  }

  /** Where the name in quotes begins that ends here, or -1 when it may be a value. */
  private int beginOfName(int at, char quote) {
    int begin = at - 1;
    while (begin > 0 && isNamePart(text.charAt(begin))) {
      begin--;
    }
    return begin >= 0 && endOfName(begin, quote) == at + 1 ? begin : -1;
  }

  /** Just behind the name in quotes that begins here, or -1 when it may be a value. */
  private int endOfName(int at, char quote) {
    if (text.charAt(at) != quote || !isNamed(at)) {
      return -1;
    }
    int end = at + 1;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    boolean closed = end > at + 1 && end < text.length() && text.charAt(end) == quote;
    return closed ? end + 1 : -1;
  }

  /** Whether the word before a quote says what the name behind it is of. */
  private boolean isNamed(int at) {
    int end = at - 1;
    if (end <= 0 || text.charAt(end) != ' ') {
      return false;
    }
    int begin = end;
    while (begin > 0
        && end - begin <= LONGEST_NAMED
        && Character.isLetter(text.charAt(begin - 1))) {
      begin--;
    }
    return NAMED.contains(text.substring(begin, end).toLowerCase(Locale.ROOT));
  }

  /** {@code doesn't}: two letters before, one behind. A literal may have one before, as in N''. */
  private boolean isApostrophe(int at) {
    return APOSTROPHES.indexOf(text.charAt(at)) >= 0
        && at > 1
        && at + 1 < text.length()
        && Character.isLetter(text.charAt(at - 2))
        && Character.isLetter(text.charAt(at - 1))
        && Character.isLetter(text.charAt(at + 1))
        && (at + 2 == text.length() || text.charAt(at + 2) == ' ');
  }

  /** {@code Key (email)=(...)}, and {@code Failing row contains (...).}, whatever the language. */
  private int row(int at) {
    char before = at == 0 ? 'a' : text.charAt(at - 1);
    boolean value = before == '=' || (before == ' ' && endOfSentence > at);
    return value && lastBracket > at ? hide(at + 1, lastBracket) : at + 1;
  }

  private int endOfSentence() {
    int last = text.lastIndexOf(").");
    while (last >= 0 && !endsLine(last + 2)) {
      last = text.lastIndexOf(").", last - 1);
    }
    return last;
  }

  private boolean endsLine(int at) {
    return at == text.length() || "\r\n]".indexOf(text.charAt(at)) >= 0;
  }

  /**
   * {@code $$...$$} and {@code $tag$...$tag$}; what is behind a tag that opens nothing goes too.
   */
  private int dollarString(int at) {
    int tag = at + 1;
    while (tag < text.length() && Character.isLetter(text.charAt(tag))) {
      tag++;
    }
    if (tag == text.length() || text.charAt(tag) != '$') {
      return at + 1;
    }
    String mark = text.substring(at, tag + 1);
    int last = text.lastIndexOf(mark);
    return hide(at, last > tag ? last + mark.length() : text.length());
  }

  /** Passes a word, or hides a number: 42, 0x2A, 1.5e3, 2026-01-31. */
  private int word(int at, char c) {
    boolean number = Alphabet.isDigit(c) && !isErrorCode(at);
    int end = at + 1;
    while (end < text.length()
        && (isWordPart(text.charAt(end)) || number && goesOn(end, text.charAt(end)))) {
      end++;
    }
    if (number) {
      output.hide(at, end, LITERAL);
    }
    return end;
  }

  /** {@code ORA-00942}. */
  private boolean isErrorCode(int at) {
    return at > 1 && text.charAt(at - 1) == '-' && Alphabet.isUpper(text.charAt(at - 2));
  }

  private boolean goesOn(int at, char c) {
    return (c == '.' || c == '-')
        && at + 1 < text.length()
        && Alphabet.isDigit(text.charAt(at + 1));
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isNamePart(char c) {
    return c == '.' || c == '$' || isWordPart(c);
  }
}
