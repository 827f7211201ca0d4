package dev.engram.agent.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a decision. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * Engram.outcome(Outcome.of("order_id", order.id(), Outcome.Label.SUCCESS).withValue(order.total()));
 * }</pre>
 */
public final class Outcome {
  /** How a decision turned out. */
  public enum Label {
    SUCCESS,
    FAILURE,
    PARTIAL,
    /** It cannot be known; never counted as failure. */
    UNKNOWN
  }

  private final String key;
  private final String id;
  private final Label label;
  private final double value;
  private final @Nullable String author;
  private final @Nullable String comment;

  private Outcome(
      String key,
      String id,
      Label label,
      double value,
      @Nullable String author,
      @Nullable String comment) {
    this.key = key;
    this.id = id;
    this.label = label;
    this.value = value;
    this.author = author;
    this.comment = comment;
  }

  /**
   * Of the decisions that are correlated with this value.
   *
   * @param key the correlation key's name, such as {@code order_id}; see {@link Engram#correlate}
   * @param value its value
   */
  public static Outcome of(String key, String value, Label label) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(label, "label");
    return new Outcome(key, value, label, Double.NaN, null, null);
  }

  /**
   * Of one decision.
   *
   * @param decisionId 16 hex digits, as {@code engram decisions list} shows them
   */
  public static Outcome ofDecision(String decisionId, Label label) {
    Objects.requireNonNull(decisionId, "decisionId");
    Objects.requireNonNull(label, "label");
    return new Outcome("", decisionId, label, Double.NaN, null, null);
  }

  /** A number that goes with it, such as an amount won or lost. */
  public Outcome withValue(double value) {
    return new Outcome(key, id, label, value, author, comment);
  }

  /** Who tells it. A later outcome of the same author stands for an earlier one. */
  public Outcome withAuthor(String author) {
    return new Outcome(key, id, label, value, author, comment);
  }

  /** Why. */
  public Outcome withComment(String comment) {
    return new Outcome(key, id, label, value, author, comment);
  }

  /** Empty where {@link #id()} is that of a decision. */
  public String key() {
    return key;
  }

  /** The key's value, or the decision's id. */
  public String id() {
    return id;
  }

  public Label label() {
    return label;
  }

  /** NaN when there is none. */
  public double value() {
    return value;
  }

  public @Nullable String author() {
    return author;
  }

  public @Nullable String comment() {
    return comment;
  }
}
