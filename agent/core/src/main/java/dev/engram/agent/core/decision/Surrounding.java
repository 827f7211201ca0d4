package dev.engram.agent.core.decision;

import org.jspecify.annotations.Nullable;

/**
 * What a decision was made in, as far as its instrumentation knows; the rest is taken from the
 * current span. Immutable.
 *
 * @param name of the decision; null takes one of the others
 * @param model {@code gen_ai.request.model}
 * @param promptHash {@code engram.ai.prompt.hash}
 * @param workflow {@code gen_ai.workflow.name}
 * @param node {@code engram.workflow.node.name}
 * @param inputHash 16 hex digits of what it was decided on; see {@link Decisions#hash}
 */
public record Surrounding(
    @Nullable String name,
    @Nullable String model,
    @Nullable String promptHash,
    @Nullable String workflow,
    @Nullable String node,
    @Nullable String inputHash) {
  public static final Surrounding NONE = new Surrounding(null, null, null, null, null, null);

  /** The call of a model that answered. */
  public static Surrounding ofModel(@Nullable String model, @Nullable String promptHash) {
    return new Surrounding(null, model, promptHash, null, null, null);
  }

  /** The node of a workflow that decided. */
  public static Surrounding ofNode(@Nullable String workflow, @Nullable String node) {
    return new Surrounding(null, null, null, workflow, node, null);
  }

  public Surrounding withName(@Nullable String name) {
    return new Surrounding(name, model, promptHash, workflow, node, inputHash);
  }

  public Surrounding withInputHash(@Nullable String inputHash) {
    return new Surrounding(name, model, promptHash, workflow, node, inputHash);
  }
}
