package dev.engram.agent.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question to memory: what was answered to like inputs, and what became of it. Immutable; each
 * {@code with} method returns a changed copy. Ask it with {@link Engram#recall}.
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

  private Recall(
      @Nullable String workflow,
      String name,
      List<@Nullable Object> input,
      Outcome.@Nullable Label outcome,
      int limit) {
    this.workflow = workflow;
    this.name = name;
    this.input = input;
    this.outcome = outcome;
    this.limit = limit;
  }

  /**
   * What this service decided before.
   *
   * @param name of the decision, as {@code engram decisions} shows it
   */
  public static Recall ofDecision(String name) {
    Objects.requireNonNull(name, "name");
    return new Recall(null, name, List.of(), null, USUAL);
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
    return new Recall(workflow, node, List.of(), null, USUAL);
  }

  /**
   * Only what was answered to like inputs, the most like first. Without it, the latest is first.
   *
   * @param values the arguments of the method that decides, in their order; the state of a node as
   *     a map; or any text. Values that are no text, number, time or the like, nor a collection of
   *     the JDK with such, are compared by their class alone: nothing of them is called
   */
  public Recall withInput(@Nullable Object... values) {
    List<@Nullable Object> copy = Collections.unmodifiableList(Arrays.asList(values.clone()));
    return new Recall(workflow, name, copy, outcome, limit);
  }

  /** Only what turned out so; {@code SUCCESS} and a limit of 1 is the last good answer. */
  public Recall withOutcome(Outcome.Label outcome) {
    Objects.requireNonNull(outcome, "outcome");
    return new Recall(workflow, name, input, outcome, limit);
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
    return new Recall(workflow, name, input, outcome, limit);
  }

  /** Null for a decision. */
  public @Nullable String workflow() {
    return workflow;
  }

  /** Of the decision or the node. */
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
}
