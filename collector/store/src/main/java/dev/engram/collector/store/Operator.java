package dev.engram.collector.store;

/** How a {@link Condition.Comparison} compares. */
public enum Operator {
  EQUAL("="),
  NOT_EQUAL("!="),
  /** The text of the field has this text in it, whatever the case. */
  CONTAINS("~"),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">=");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /** As people type it. */
  public String symbol() {
    return symbol;
  }

  /** Whether a field whose comparison with the value came to this meets it. */
  boolean accepts(int comparison) {
    return switch (this) {
      case EQUAL -> comparison == 0;
      case LESS -> comparison < 0;
      case AT_MOST -> comparison <= 0;
      case GREATER -> comparison > 0;
      case AT_LEAST -> comparison >= 0;
      case NOT_EQUAL, CONTAINS -> throw new IllegalStateException(this + " orders nothing");
    };
  }
}
