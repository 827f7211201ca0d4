package dev.engram.agent.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A judgement of something remembered. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * Engram.feedback(Feedback.onCurrentTrace().withLabel("helpful").withScore(1.0));
 * Engram.feedback(Feedback.on("key", "order-4711").withLabel("refunded").withComment("wrong size"));
 * }</pre>
 */
public final class Feedback {
  private final String target;
  private final @Nullable String targetId;
  private final @Nullable String label;
  private final double score;
  private final @Nullable String author;
  private final @Nullable String comment;

  private Feedback(
      String target,
      @Nullable String targetId,
      @Nullable String label,
      double score,
      @Nullable String author,
      @Nullable String comment) {
    this.target = target;
    this.targetId = targetId;
    this.label = label;
    this.score = score;
    this.author = author;
    this.comment = comment;
  }

  /** On the request this thread serves; forgotten when it serves none. */
  public static Feedback onCurrentTrace() {
    return new Feedback("trace", null, null, Double.NaN, null, null);
  }

  /** On the operation this thread is in; forgotten when it is in none. */
  public static Feedback onCurrentSpan() {
    return new Feedback("span", null, null, Double.NaN, null, null);
  }

  /**
   * On something named.
   *
   * @param target {@code trace}, {@code span}, {@code decision}, {@code conversation}, or {@code
   *     key} for a name of your own
   * @param targetId which one
   */
  public static Feedback on(String target, String targetId) {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(targetId, "targetId");
    return new Feedback(target, targetId, null, Double.NaN, null, null);
  }

  /** One word for the judgement, such as {@code success} or {@code refunded}. */
  public Feedback withLabel(String label) {
    return new Feedback(target, targetId, label, score, author, comment);
  }

  /** A number for the judgement; higher is better. */
  public Feedback withScore(double score) {
    return new Feedback(target, targetId, label, score, author, comment);
  }

  /** Who judged. */
  public Feedback withAuthor(String author) {
    return new Feedback(target, targetId, label, score, author, comment);
  }

  /** Why. */
  public Feedback withComment(String comment) {
    return new Feedback(target, targetId, label, score, author, comment);
  }

  public String target() {
    return target;
  }

  /** Null stands for the current one. */
  public @Nullable String targetId() {
    return targetId;
  }

  public @Nullable String label() {
    return label;
  }

  /** NaN when there is none. */
  public double score() {
    return score;
  }

  public @Nullable String author() {
    return author;
  }

  public @Nullable String comment() {
    return comment;
  }
}
