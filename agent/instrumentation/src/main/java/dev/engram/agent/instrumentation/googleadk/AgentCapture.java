package dev.engram.agent.instrumentation.googleadk;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.InvocationContext;
import com.google.adk.events.Event;
import dev.engram.agent.core.ai.AgentCall;
import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.capture.Tracing;
import io.reactivex.rxjava3.core.Flowable;
import org.jspecify.annotations.Nullable;

/** An agent at work, in the conversation that is its session. */
final class AgentCapture {
  private AgentCapture() {}

  /** Null when the events stay as they are. */
  @SuppressWarnings("unchecked")
  static @Nullable Flowable<?> watched(Object agent, @Nullable Object context, Flowable<?> events) {
    return agent instanceof BaseAgent working && context instanceof InvocationContext invocation
        ? new WatchedAgent((Flowable<Event>) events, working.name(), invocation)
        : null;
  }

  /** Null when capture is off. */
  static @Nullable AgentCall open(String agent, InvocationContext invocation) {
    try {
      Messages input = new Messages();
      invocation.userContent().ifPresent(content -> ContentText.add(input, content));
      return AgentCall.open(agent, invocation.session().id(), input);
    } catch (RuntimeException | LinkageError ours) {
      Tracing.failed();
      return null;
    }
  }
}
