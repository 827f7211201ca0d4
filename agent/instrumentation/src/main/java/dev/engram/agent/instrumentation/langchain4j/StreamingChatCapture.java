package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.AgentCall;
import dev.engram.agent.core.ai.ModelCall;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** What a chat model is asked, and streams to a handler. */
final class StreamingChatCapture {
  private StreamingChatCapture() {}

  /** What takes the handler's place; null when it stays where it is. */
  static @Nullable StreamingChatResponseHandler enter(
      Object model, ChatRequest request, StreamingChatResponseHandler handler) {
    AgentCall agent = AgentCall.current();
    ModelCall call = ChatCapture.open(model, request);
    if (call == null || !call.isOutermost()) {
      return null;
    }
    StreamingChatResponseHandler watched =
        watched(handler, new WatchedHandler(handler, call, agent, model));
    call.streams(watched).begin();
    return watched;
  }

  static void exit(StreamingChatResponseHandler watched, Object model, @Nullable Throwable thrown) {
    ModelCall call = ((WatchedHandler) Proxy.getInvocationHandler(watched)).call();
    call.leave();
    if (thrown != null) {
      call.fail(thrown, ChatCapture.site(model, "chat"));
    }
  }

  /** A proxy: a handler may have methods that this version of the agent does not know. */
  private static StreamingChatResponseHandler watched(
      StreamingChatResponseHandler handler, WatchedHandler watching) {
    Class<?> type = StreamingChatResponseHandler.class;
    return (StreamingChatResponseHandler)
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, watching);
  }
}
