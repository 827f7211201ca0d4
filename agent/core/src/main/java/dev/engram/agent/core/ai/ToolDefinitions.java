package dev.engram.agent.core.ai;

import dev.engram.agent.core.json.BoundedJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools a model may call. */
public final class ToolDefinitions extends Content {
  /**
   * @param parameters their JSON schema; null when the framework has none
   */
  public ToolDefinitions add(
      String name, @Nullable String description, @Nullable String parameters) {
    BoundedJson tool = begin(name, description);
    if (parameters != null) {
      tool.raw(",").json("parameters", parameters);
    }
    tool.raw("}");
    return this;
  }

  /**
   * The same.
   *
   * @param parameters their JSON schema, of maps, lists, texts, numbers and flags
   */
  public ToolDefinitions add(
      String name, @Nullable String description, Map<String, Object> parameters) {
    begin(name, description).raw(",\"parameters\":").value(parameters).raw("}");
    return this;
  }

  private BoundedJson begin(String name, @Nullable String description) {
    BoundedJson tool = element().field("type", "function").raw(",").field("name", name);
    return description == null ? tool : tool.raw(",").field("description", description);
  }
}
