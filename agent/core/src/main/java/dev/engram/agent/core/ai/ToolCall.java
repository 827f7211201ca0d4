package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.json.BoundedJson;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tool that is being run because a model asked for it. */
public final class ToolCall extends AiSpan {
  private final String name;
  private final @Nullable String id;

  private ToolCall(OpenSpan span, String name, @Nullable String id) {
    super(span);
    this.name = name;
    this.id = id;
  }

  /**
   * Opens the call's span; null when capture is off, and when a layer above runs the same call.
   *
   * @param id that the model gave the call, or null
   * @param arguments JSON, or what is to be written as such; or null
   */
  public static @Nullable ToolCall open(
      String name, @Nullable String id, @Nullable Object arguments) {
    if (isRunning(name, id)) {
      return null;
    }
    OpenSpan span = open(Category.TOOL, "execute_tool", name);
    if (span == null) {
      return null;
    }
    span.put(AttributeKey.GEN_AI_TOOL_NAME, name).put(AttributeKey.GEN_AI_TOOL_CALL_ID, id);
    put(span, "gen_ai.tool.call.arguments", arguments);
    ToolCall call = new ToolCall(span, name, id);
    span.operation(call);
    return call;
  }

  /** What it gave, as a text or else to be written as JSON; at most once. */
  public ToolCall result(@Nullable Object result) {
    put(span, "gen_ai.tool.call.result", result);
    return this;
  }

  private static void put(OpenSpan span, String name, @Nullable Object value) {
    if (value instanceof String text) {
      span.payload(name, null, text);
    } else if (value != null) {
      BoundedJson json = new BoundedJson(Tracing.aiContentLimit()).value(value);
      span.payload(name, null, json.toString(), json.wholeSize());
    }
  }

  private static boolean isRunning(String name, @Nullable String id) {
    OpenSpan current = Tracing.current();
    return current != null
        && current.operation() instanceof ToolCall call
        && call.name.equals(name)
        && (id == null || call.id == null || Objects.equals(call.id, id));
  }
}
