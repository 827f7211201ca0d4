package dev.engram.agent.instrumentation.jdbc;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does to what, from its words in order. {@code WITH} is looked through to the
 * statement it belongs to. Confined to one thread.
 */
final class SqlOutline {
  private static final Set<String> AFTER_WITH =
      Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES");

  /** Words that may stand between a keyword and the name it announces. */
  private static final Set<String> NOISE =
      Set.of("IF", "NOT", "EXISTS", "ONLY", "IGNORE", "LOW_PRIORITY", "TABLE");

  private @Nullable String operation;
  private @Nullable String target;
  private String lastWord = "";

  /** Whether the next name is the target. */
  private boolean awaiting;

  /** Whether a dot continues the target. */
  private boolean dotted;

  private boolean done;

  @Nullable String operation() {
    return operation;
  }

  @Nullable String target() {
    return target;
  }

  boolean lastWordIs(String upper) {
    return lastWord.equals(upper);
  }

  void word(String word, int depth) {
    String upper = word.toUpperCase(Locale.ROOT);
    lastWord = upper;
    if (done) {
      return;
    }
    if (operation == null) {
      operation = upper;
      awaiting = announcesAtOnce(upper);
    } else if (operation.equals("WITH")) {
      if (depth == 0 && AFTER_WITH.contains(upper)) {
        operation = upper;
        awaiting = announcesAtOnce(upper);
      }
    } else if (awaiting || dotted) {
      if (!NOISE.contains(upper)) {
        name(word, depth);
      }
    } else if (target != null) {
      done = true;
    } else if (depth == 0 && announces(operation, upper)) {
      awaiting = true;
    }
  }

  void name(String identifier, int depth) {
    lastWord = "";
    if (done) {
      return;
    }
    if (dotted) {
      target = target + "." + identifier;
    } else if (awaiting) {
      target = identifier;
    }
    awaiting = false;
    dotted = false;
  }

  void symbol(char c) {
    if (c != '(') {
      lastWord = "";
    }
    if (c == '.' && target != null) {
      dotted = true;
    } else if (target != null) {
      done = true;
    } else {
      awaiting = false;
    }
  }

  private static boolean announcesAtOnce(String operation) {
    return operation.equals("UPDATE") || operation.equals("CALL") || operation.equals("TRUNCATE");
  }

  private static boolean announces(String operation, String word) {
    return switch (operation) {
      case "SELECT", "DELETE" -> word.equals("FROM");
      case "INSERT", "MERGE", "REPLACE" -> word.equals("INTO");
      case "CREATE", "ALTER", "DROP" ->
          word.equals("TABLE") || word.equals("VIEW") || word.equals("INDEX");
      default -> false;
    };
  }
}
