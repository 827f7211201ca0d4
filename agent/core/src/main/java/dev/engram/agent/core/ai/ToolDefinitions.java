package dev.engram.agent.core.ai;

import org.jspecify.annotations.Nullable;

/** The tools a model may call. */
public final class ToolDefinitions extends Content {
  /**
   * @param parameters their JSON schema; null when the framework has none
   */
  public ToolDefinitions add(
      String name, @Nullable String description, @Nullable String parameters) {
    BoundedJson tool = element().field("type", "function").raw(",").field("name", name);
    if (description != null) {
      tool.raw(",").field("description", description);
    }
    if (parameters != null) {
      tool.raw(",").json("parameters", parameters);
    }
    tool.raw("}");
    return this;
  }
}
