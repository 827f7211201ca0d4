package dev.engram.agent.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question to memory: what was answered to like inputs, and what became of it, or what is known
 * against an error. Immutable; each {@code with} method returns a changed copy. Ask it with {@link
 * Engram#recall}.
 *
 * <pre>{@code
 * List<Recalled> alike = Engram.recall(Recall.ofDecision("route ticket").withInput(ticket.text()));
 * List<Recalled> lastGood =
 *     Engram.recall(
 *         Recall.ofNode("triage", "classify").withOutcome(Outcome.Label.SUCCESS).withLimit(1));
 * }</pre>
 */
public final class Recall {
  /** Most answers there are to one question. */
  public static final int MOST = 32;

  private static final int USUAL = 5;

  private final @Nullable String workflow;
  private final String name;
  private final List<@Nullable Object> input;
  private final Outcome.@Nullable Label outcome;
  private final int limit;
  private final @Nullable Throwable error;

  private Recall(
      @Nullable String workflow,
      String name,
      List<@Nullable Object> input,
      Outcome.@Nullable Label outcome,
      int limit,
      @Nullable Throwable error) {
    this.workflow = workflow;
    this.name = name;
    this.input = input;
    this.outcome = outcome;
    this.limit = limit;
    this.error = error;
  }

  /**
   * What this service decided before.
   *
   * @param name of the decision, as {@code engram decisions} shows it
   */
  public static Recall ofDecision(String name) {
    Objects.requireNonNull(name, "name");
    return new Recall(null, name, List.of(), null, USUAL, null);
  }

  /**
   * What a node of a workflow of this service gave before.
   *
   * @param workflow its name, as {@code engram workflows} shows it
   * @param node its name
   */
  public static Recall ofNode(String workflow, String node) {
    Objects.requireNonNull(workflow, "workflow");
    Objects.requireNonNull(node, "node");
    return new Recall(workflow, node, List.of(), null, USUAL, null);
  }

  /**
   * What is known against this error, the best first: what people wrote down against it, and what
   * comes with engram. Its outcome is what they said of that: whether it helped.
   *
   * @param error is read as it is remembered: none of its methods is called
   */
  public static Recall ofError(Throwable error) {
    Objects.requireNonNull(error, "error");
    return new Recall(null, error.getClass().getName(), List.of(), null, USUAL, error);
  }

  /**
   * Only what was answered to like inputs, the most like first. Without it, the latest is first. Of
   * an error it says nothing.
   *
   * @param values the arguments of the method that decides, in their order; the state of a node as
   *     a map; or any text. Values that are no text, number, time or the like, nor a collection of
   *     the JDK with such, are compared by their class alone: nothing of them is called
   */
  public Recall withInput(@Nullable Object... values) {
    List<@Nullable Object> copy = Collections.unmodifiableList(Arrays.asList(values.clone()));
    return new Recall(workflow, name, copy, outcome, limit, error);
  }

  /** Only what turned out so; {@code SUCCESS} and a limit of 1 is the last good answer. */
  public Recall withOutcome(Outcome.Label outcome) {
    Objects.requireNonNull(outcome, "outcome");
    return new Recall(workflow, name, input, outcome, limit, error);
  }

  /**
   * At most so many answers; 5 where it is not said.
   *
   * @throws IllegalArgumentException unless it is from 1 to {@link #MOST}
   */
  public Recall withLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit is " + limit + ", not from 1 to " + MOST);
    }
    return new Recall(workflow, name, input, outcome, limit, error);
  }

  /** Null for a decision or an error. */
  public @Nullable String workflow() {
    return workflow;
  }

  /** Of the decision or the node; of an error its class. */
  public String name() {
    return name;
  }

  /** Empty for any. */
  public List<@Nullable Object> input() {
    return input;
  }

  /** Null for any. */
  public Outcome.@Nullable Label outcome() {
    return outcome;
  }

  public int limit() {
    return limit;
  }

  /** Null for a decision or a node. */
  public @Nullable Throwable error() {
    return error;
  }
}
