package dev.engram.agent.instrumentation.langgraph4j;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.state.AgentState;

/** An action that is given a state with what is recalled of it, and is otherwise as it is. */
record RecallingAction<S extends AgentState>(
    AsyncNodeActionWithConfig<S> action, RecalledCases recalled)
    implements AsyncNodeActionWithConfig<S> {
  @Override
  public CompletableFuture<Map<String, Object>> apply(S state, RunnableConfig config) {
    return action.apply(recalled.in(state), config);
  }
}
