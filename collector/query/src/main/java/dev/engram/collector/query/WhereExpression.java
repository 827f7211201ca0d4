package dev.engram.collector.query;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Condition.All;
import dev.engram.collector.store.Condition.Comparison;
import dev.engram.collector.store.Condition.Not;
import dev.engram.collector.store.Condition.OfRequest;
import dev.engram.collector.store.Condition.Some;
import dev.engram.collector.store.Operator;
import dev.engram.collector.store.RowFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads conditions as people type them, such as {@code http.route=/cart and duration>200ms}:
 * comparisons with {@code = != ~ < <= > >=}, joined by {@code and}, {@code or}, {@code not} and
 * parentheses. Texts with blanks or parentheses stand in single or double quotes. Pure; neither a
 * long nor a deep text takes more than a moment.
 */
public final class WhereExpression {
  /** Characters. */
  public static final int LONGEST = 2_000;

  static final int MOST_COMPARISONS = 50;

  private static final List<String> JOINS = List.of("and", "or");

  private final WhereTokens tokens;
  private int comparisons;

  private WhereExpression(String text) {
    tokens = new WhereTokens(text);
  }

  /** What was read. */
  public sealed interface Read {}

  /** A condition. */
  public record Understood(Condition condition) implements Read {}

  /**
   * No condition.
   *
   * @param column of the character that something is wrong with, from 1; one more than there are
   *     where something is missing at the end
   * @param message what is wrong
   * @param word the word that is wrong; empty where none is
   * @param valid what would be right in its place; may be empty
   */
  public record Misunderstood(int column, String message, String word, List<String> valid)
      implements Read {}

  /** Ends the reading of what cannot be understood; never leaves this class. */
  static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;
    final transient Misunderstood why;

    Stop(int column, String message, String word, List<String> valid) {
      super(message, null, false, false);
      why = new Misunderstood(column, message, word, valid);
    }

    Stop(int column, String message) {
      this(column, message, "", List.of());
    }
  }

  /** What the text means; never throws. */
  public static Read read(String text) {
    if (text.length() > LONGEST) {
      return new Misunderstood(LONGEST + 1, "more than " + LONGEST + " characters", "", List.of());
    }
    try {
      return new Understood(new WhereExpression(text).whole());
    } catch (Stop stop) {
      return stop.why;
    }
  }

  private Condition whole() throws Stop {
    Condition condition = some(0);
    if (tokens.atClosing()) {
      throw new Stop(tokens.column(), ") without a (");
    }
    if (!tokens.atEnd()) {
      String word = tokens.peekWord();
      throw new Stop(tokens.column(), "and or or is missing before " + word, word, JOINS);
    }
    return condition;
  }

  private Condition some(int depth) throws Stop {
    List<Condition> conditions = new ArrayList<>(List.of(all(depth)));
    while (tokens.take("or")) {
      conditions.add(all(depth));
    }
    return conditions.size() == 1 ? conditions.get(0) : new Some(conditions);
  }

  private Condition all(int depth) throws Stop {
    List<Condition> conditions = new ArrayList<>(List.of(one(depth)));
    while (tokens.take("and")) {
      conditions.add(one(depth));
    }
    return conditions.size() == 1 ? conditions.get(0) : new All(conditions);
  }

  private Condition one(int depth) throws Stop {
    // Each level may add one of each: some, all, not.
    if (depth > Condition.DEEPEST / 4) {
      throw new Stop(tokens.column(), "too many parentheses in one another");
    }
    if (tokens.take("not")) {
      return new Not(one(depth + 1));
    }
    if (!tokens.takeOpening()) {
      return comparison();
    }
    Condition inner = some(depth + 1);
    if (!tokens.takeClosing()) {
      throw tokens.missing(")");
    }
    return inner;
  }

  private Condition comparison() throws Stop {
    if (++comparisons > MOST_COMPARISONS) {
      throw new Stop(tokens.column(), "more than " + MOST_COMPARISONS + " comparisons");
    }
    boolean quoted = tokens.atQuote();
    int column = tokens.column();
    String field = tokens.field();
    boolean ofRequest = !quoted && field.startsWith(RowFields.REQUEST);
    String name = ofRequest ? field.substring(RowFields.REQUEST.length()) : field;
    if (!quoted) {
      requireField(column, field, name);
    }
    Operator operator = tokens.operator();
    Comparison comparison = comparison(name, operator);
    return ofRequest ? new OfRequest(comparison) : comparison;
  }

  /** An attribute has a dot in its name; what has none may be a slip. */
  private static void requireField(int column, String typed, String name) throws Stop {
    if (!name.contains(".") && !RowFields.OWN.contains(name)) {
      throw new Stop(
          column,
          "unknown field " + typed + " (attributes without a dot stand in quotes)",
          name,
          RowFields.OWN);
    }
  }

  private Comparison comparison(String field, Operator operator) throws Stop {
    boolean quoted = tokens.atQuote();
    int column = tokens.column();
    String text = tokens.value();
    Double number = quoted ? null : WhereNumber.of(text);
    if (!quoted && number == null && WhereNumber.isWanted(field, operator, text)) {
      throw new Stop(column, text + " is no number; its unit may be " + WhereNumber.UNITS);
    }
    return new Comparison(field, operator, text, number);
  }
}
