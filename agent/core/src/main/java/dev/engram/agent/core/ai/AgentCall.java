package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import org.jspecify.annotations.Nullable;

/** An AI service or agent at work: calls of models and tools are below it. */
public final class AgentCall extends AiSpan {
  private final String name;
  private final @Nullable OpenSpan around;

  private AgentCall(OpenSpan span, String name, @Nullable OpenSpan around) {
    super(span);
    this.name = name;
    this.around = around;
  }

  /**
   * Opens its span; null when capture is off, and when a layer above is the same agent's.
   *
   * @param conversation id of the conversation it belongs to, or null
   * @param input what it is asked, or null
   */
  public static @Nullable AgentCall open(
      String name, @Nullable String conversation, @Nullable Messages input) {
    OpenSpan current = Tracing.current();
    if (current != null
        && current.operation() instanceof AgentCall call
        && call.name.equals(name)) {
      return null;
    }
    OpenSpan span = open(Category.AI, "invoke_agent", name);
    if (span == null) {
      return null;
    }
    span.put(AttributeKey.GEN_AI_AGENT_NAME, name)
        .put(AttributeKey.GEN_AI_CONVERSATION_ID, conversation);
    AgentCall call = new AgentCall(span, name, current);
    if (input != null) {
      input.putInto(span, ModelCall.INPUT);
    }
    span.operation(call).begun();
    return call;
  }

  /** The agent that works now, if it does so itself and not a model or tool below it; or null. */
  public static @Nullable AgentCall current() {
    OpenSpan current = Tracing.current();
    return current != null && current.operation() instanceof AgentCall call ? call : null;
  }

  /** The span that it lies in, or null. */
  @Nullable OpenSpan around() {
    return around;
  }

  /** The conversation, where it becomes known later. */
  public AgentCall conversation(@Nullable String id) {
    span.put(AttributeKey.GEN_AI_CONVERSATION_ID, id);
    return this;
  }

  /** The conversation it belongs to, or null. */
  @Nullable String conversation() {
    return span.text(AttributeKey.GEN_AI_CONVERSATION_ID);
  }

  /** What it answered; at most once. */
  public AgentCall output(Messages output) {
    output.putInto(span, ModelCall.OUTPUT);
    return this;
  }
}
