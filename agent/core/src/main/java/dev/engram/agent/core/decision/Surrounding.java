package dev.engram.agent.core.decision;

import java.util.List;
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
 * @param inputs what it was decided on, so that like is compared with like: a hash of them is kept;
 *     empty when unknown
 */
public record Surrounding(
    @Nullable String name,
    @Nullable String model,
    @Nullable String promptHash,
    @Nullable String workflow,
    @Nullable String node,
    List<String> inputs) {
  public static final Surrounding NONE = new Surrounding(null, null, null, null, null, List.of());

  /** The call of a model that answered. */
  public static Surrounding ofModel(@Nullable String model, @Nullable String promptHash) {
    return new Surrounding(null, model, promptHash, null, null, List.of());
  }

  /** The node of a workflow that decided. */
  public static Surrounding ofNode(@Nullable String workflow, @Nullable String node) {
    return new Surrounding(null, null, null, workflow, node, List.of());
  }

  public Surrounding withName(@Nullable String name) {
    return new Surrounding(name, model, promptHash, workflow, node, inputs);
  }

  public Surrounding withInputs(List<String> inputs) {
    return new Surrounding(name, model, promptHash, workflow, node, inputs);
  }
}
