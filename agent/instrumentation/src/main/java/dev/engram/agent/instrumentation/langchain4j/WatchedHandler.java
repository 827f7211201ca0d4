package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.AgentCall;
import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Tracing;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Sees what comes before the application's handler does, on the thread of the stream; then the
 * handler is called as it would have been, in the span around the call. The record is committed
 * before the last piece is handed on.
 */
final class WatchedHandler implements InvocationHandler {
  private static final String COMPLETE = "onCompleteResponse";
  private static final String ERROR = "onError";
  private static final String PARTIAL = "onPartial";

  private final StreamingChatResponseHandler handler;
  private final ModelCall call;
  private final @Nullable AgentCall agent;
  private final Object model;

  /**
   * @param agent whose stream it is, or null
   */
  WatchedHandler(
      StreamingChatResponseHandler handler,
      ModelCall call,
      @Nullable AgentCall agent,
      Object model) {
    this.handler = handler;
    this.call = call;
    this.agent = agent;
    this.model = model;
  }

  ModelCall call() {
    return call;
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return call(method, arguments);
    }
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    see(method.getName(), first);
    Object[] result = new Object[1];
    Throwable[] thrown = new Throwable[1];
    call.outside(
        () -> {
          try {
            result[0] = call(method, arguments);
          } catch (Throwable ofTheApplication) {
            thrown[0] = ofTheApplication;
          }
        });
    seen(method.getName(), first);
    if (thrown[0] != null) {
      throw thrown[0];
    }
    return result[0];
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(handler, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }

  private void see(String method, @Nullable Object first) {
    try {
      if (method.equals(COMPLETE)) {
        if (first instanceof ChatResponse response) {
          ChatCapture.answered(call, response);
        }
        call.end();
      } else if (method.equals(ERROR)) {
        if (first instanceof Throwable thrown) {
          call.fail(thrown, ChatCapture.site(model, "chat"));
        }
      } else if (method.startsWith(PARTIAL)) {
        call.chunk(method.equals("onPartialResponse") ? textOf(first) : null);
      }
    } catch (Throwable ours) {
      Tracing.failed();
    }
  }

  /** After the application's handler, which asks the model again when it has run tools. */
  private void seen(String method, @Nullable Object first) {
    if (agent == null) {
      return;
    }
    try {
      if (method.equals(COMPLETE)
          && first instanceof ChatResponse response
          && !response.aiMessage().hasToolExecutionRequests()) {
        agent.output(new Messages().role("assistant").text(response.aiMessage().text())).end();
      } else if (method.equals(ERROR) && first instanceof Throwable thrown) {
        agent.fail(thrown, null);
      }
    } catch (Throwable ours) {
      Tracing.failed();
    }
  }

  private static @Nullable String textOf(@Nullable Object piece) {
    return piece instanceof String text ? text : Later.text(piece, "text");
  }
}
