package dev.engram.agent.instrumentation.jdbc;

import java.util.Locale;
import java.util.Set;

/**
 * Whether a text is one {@code SELECT} that surely does nothing but read: no lock, no change in a
 * {@code WITH}, no call of a function that is not listed. What it does not understand, in whatever
 * dialect, it takes for none. Reads the text once, and is confined to one thread.
 */
final class PlainSelect {
  /** Longer ones are not looked at. */
  static final int LONGEST = 4096;

  /**
   * Words that lock, change, number or hand out, wherever they stand; and what may begin another
   * statement, which some databases take without a semicolon.
   */
  private static final Set<String> NEVER =
      words(
          """
          ALTER BACKUP BEGIN BULK CALL COMMIT CREATE CURRVAL DBCC DELETE DENY DO DROP DUMPFILE
          EXEC EXECUTE FOR GRANT HANDLER HOLDLOCK INSERT INTO KEEP KILL LOCK LOCKS MERGE
          NEXTVAL OUTFILE PAGLOCK PROCEDURE READPAST RECEIVE RESTORE REVOKE ROLLBACK ROWLOCK
          SAVE SEND SET SHUTDOWN TABLOCK TABLOCKX TRUNCATE UPDATE UPDLOCK USE WAITFOR XLOCK
          """);

  /** Words that a parenthesis may follow which is no call: of types their lengths. */
  private static final Set<String> BEFORE_PARENTHESIS =
      words(
          """
          ALL AND ANY AS BETWEEN CASE CHAR DECIMAL DISTINCT ELSE EXCEPT EXISTS FROM GROUP
          HAVING IN INTERSECT JOIN LATERAL LIKE LIMIT NOT NUMERIC OFFSET ON OR SELECT SOME
          THEN TIMESTAMP UNION USING VALUES VARCHAR WHEN WHERE
          """);

  /** Such words only behind another parenthesis: elsewhere they may be names of functions. */
  private static final Set<String> BETWEEN_PARENTHESES = Set.of("FILTER", "OVER");

  /** Functions of the databases themselves that only compute. */
  private static final Set<String> FUNCTIONS =
      words(
          """
          ABS ARRAY_AGG AVG BIT_LENGTH BOOL_AND BOOL_OR CAST CEIL CEILING CHARACTER_LENGTH
          CHAR_LENGTH COALESCE CONCAT CONCAT_WS COUNT CONVERT CURRENT_TIMESTAMP DATE DATEDIFF
          DATE_PART DATE_TRUNC DAY DENSE_RANK EXTRACT FIRST_VALUE FLOOR GREATEST GROUP_CONCAT
          HOUR IF IFNULL IIF INITCAP ISNULL JSON_AGG JSON_BUILD_OBJECT JSON_EXTRACT JSON_VALUE
          LAG LAST_VALUE LEAD LEAST LEFT LEN LENGTH LISTAGG LN LOG LOWER LPAD LTRIM MAX MIN
          MINUTE MOD MONTH NOW NTILE NULLIF NVL OCTET_LENGTH PERCENTILE_CONT POSITION POWER
          RANK REPLACE REVERSE RIGHT ROUND ROW_NUMBER RPAD RTRIM SECOND SIGN SPLIT_PART SQRT
          STDDEV STRING_AGG SUBSTR SUBSTRING SUM TIME TO_CHAR TO_DATE TO_TIMESTAMP TRIM TRUNC
          UPPER VARIANCE YEAR
          """);

  /** What may stand between words; brackets, for one, are read as names, as lists, or as both. */
  private static final String SYMBOLS = "(),.*+-/%<>=!|&~^?";

  private final String sql;
  private int at;
  private String word = "";
  private boolean dotted;
  private boolean qualified;
  private boolean named;
  private boolean closed;
  private boolean behindParenthesis;
  private boolean first = true;

  private PlainSelect(String sql) {
    this.sql = sql;
  }

  static boolean is(String sql) {
    return sql.length() <= LONGEST && new PlainSelect(sql).isOne();
  }

  private boolean isOne() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == ';') {
        return !first && sql.substring(at + 1).isBlank();
      }
      if (!goesOn(c)) {
        return false;
      }
    }
    return !first;
  }

  /** False where the text is none. */
  private boolean goesOn(char c) {
    if (Character.isWhitespace(c)) {
      at++;
      return true;
    }
    if (c == '/' && peek() == '*') {
      return comment();
    }
    if (c == '-' && peek() == '-') {
      return lineComment();
    }
    if (c == '\'' || c == '"' || c == '`') {
      return quoted(c);
    }
    if (Character.isLetter(c) || c == '_') {
      return word();
    }
    if (Character.isDigit(c)) {
      return number();
    }
    return symbol(c);
  }

  /** Some are executed by the one or other database, and some nest. */
  private boolean comment() {
    int close = sql.indexOf("*/", at + 2);
    int nested = sql.indexOf("/*", at + 2);
    boolean understood =
        close >= 0
            && (nested < 0 || nested > close)
            && !sql.startsWith("!", at + 2)
            && !sql.startsWith("M!", at + 2);
    at = close + 2;
    return understood;
  }

  /** Without a space behind it is a double minus to some; a lone return ends it for some. */
  private boolean lineComment() {
    boolean understood = at + 2 < sql.length() && sql.charAt(at + 2) == ' ';
    int end = sql.indexOf('\n', at);
    int ended = end < 0 ? sql.length() : end;
    int lone = sql.indexOf('\r', at);
    at = end < 0 ? ended : ended + 1;
    return understood && (lone < 0 || lone >= ended - 1);
  }

  /** A doubled quote is one more beside it; a backslash is read in two ways. */
  private boolean quoted(char quote) {
    int close = sql.indexOf(quote, at + 1);
    boolean understood =
        !first && close >= 0 && sql.substring(at, close).indexOf('\\') < 0 && !isPrefixed(quote);
    at = close + 1;
    after("", quote != '\'');
    return understood;
  }

  /** Oracle's {@code q'[it's]'} ends where it says itself. */
  private boolean isPrefixed(char quote) {
    return quote == '\'' && at > 0 && "qQ&".indexOf(sql.charAt(at - 1)) >= 0;
  }

  private boolean word() {
    int begin = at;
    while (at < sql.length() && isWordPart(sql.charAt(at))) {
      at++;
    }
    String found = upper(sql.substring(begin, at));
    boolean understood =
        first ? found.equals("SELECT") || found.equals("WITH") : !NEVER.contains(found);
    first = false;
    qualified = dotted;
    behindParenthesis = closed;
    after(found, true);
    return understood;
  }

  /** Some names begin with a digit; and some read {@code 1FOR} as two words. */
  private boolean number() {
    boolean understood = !first;
    while (at < sql.length() && (isWordPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
      char c = sql.charAt(at);
      understood &= c == '.' || c == 'e' || c == 'E' || (c >= '0' && c <= '9');
      at++;
    }
    after("", true);
    return understood;
  }

  private boolean symbol(char c) {
    // PostgreSQL's a::text is one.
    boolean cast = c == ':' && peek() == ':';
    boolean understood =
        !first && (cast || SYMBOLS.indexOf(c) >= 0) && (c != '(' || !named || isHarmless());
    at += cast ? 2 : 1;
    after("", false);
    dotted = c == '.';
    closed = c == ')';
    return understood;
  }

  /** The word before a parenthesis; one that gives hints, {@code WITH}, is not. */
  private boolean isHarmless() {
    boolean known =
        BEFORE_PARENTHESIS.contains(word)
            || FUNCTIONS.contains(word)
            || (behindParenthesis && BETWEEN_PARENTHESES.contains(word));
    return known && !qualified;
  }

  /** A name may be followed by a parenthesis, which makes it a call. */
  private void after(String found, boolean isName) {
    word = found;
    named = isName;
    dotted = false;
    closed = false;
  }

  /** Other letters may become those of a known word, which they are not to a database. */
  private static String upper(String word) {
    return word.chars().allMatch(c -> c < 128) ? word.toUpperCase(Locale.ROOT) : word;
  }

  private char peek() {
    return at + 1 < sql.length() ? sql.charAt(at + 1) : '\0';
  }

  private static Set<String> words(String listed) {
    return Set.of(listed.strip().split("\\s+"));
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
