package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SqlRefusedException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses what is not one question. The connection is one that cannot write in any case. Pure. */
final class SingleSelect {
  private static final String SELECT_ALONE = "only one SELECT, or WITH and a SELECT, can be asked";

  /** What is quoted; a comment or blanks (1); a semicolon (2); a word; anything else. */
  private static final Pattern PIECE =
      Pattern.compile(
          "'[^']*+(?:'|\\z)|\"[^\"]*+(?:\"|\\z)|`[^`]*+(?:`|\\z)|\\[[^\\]]*+(?:\\]|\\z)"
              + "|(--[^\\n]*+|/\\*.*?(?:\\*/|\\z)|\\s++)|(;)|\\w++|.",
          Pattern.DOTALL);

  private SingleSelect() {}

  static void require(String sql) {
    if (sql.indexOf('\0') >= 0) {
      throw new SqlRefusedException("a question in SQL has no NUL in it");
    }
    Matcher piece = PIECE.matcher(sql);
    boolean begun = false;
    boolean ended = false;
    while (piece.find()) {
      if (piece.group(1) == null) {
        boolean end = piece.group(2) != null;
        requireAllowed(begun ? end || !ended : isQuestion(piece.group()));
        begun = true;
        ended |= end;
      }
    }
    requireAllowed(begun);
  }

  private static void requireAllowed(boolean allowed) {
    if (!allowed) {
      throw new SqlRefusedException(SELECT_ALONE);
    }
  }

  private static boolean isQuestion(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.equals("select") || lower.equals("with");
  }
}
