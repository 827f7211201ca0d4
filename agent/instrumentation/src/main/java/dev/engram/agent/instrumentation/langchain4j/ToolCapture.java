package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.ToolCall;
import dev.engram.agent.core.capture.ApplicationText;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import org.jspecify.annotations.Nullable;

/** What a tool was given and gave. */
final class ToolCapture {
  private ToolCapture() {}

  static @Nullable Object enter(ToolExecutionRequest request) {
    ToolCall call = ToolCall.open(request.name(), request.id(), request.arguments());
    if (call != null) {
      call.enter();
    }
    return call;
  }

  static void exit(
      Object opened, Class<?> executor, @Nullable Object result, @Nullable Throwable thrown) {
    ToolCall call = (ToolCall) opened;
    call.leave();
    if (thrown != null) {
      call.fail(thrown, executor.getName() + "#execute");
      return;
    }
    String text = result instanceof String plain ? plain : textOf(result);
    call.result(text);
    if (Boolean.TRUE.equals(Later.get(result, "isError"))) {
      call.fail("tool_error", text);
    } else {
      call.end();
    }
  }

  /** The framework makes it of the application's object at this place, and keeps it. */
  private static @Nullable String textOf(@Nullable Object result) {
    return result == null
        ? null
        : ApplicationText.of(
            new Object() {
              @Override
              public String toString() {
                return String.valueOf(Later.text(result, "resultText"));
              }
            });
  }
}
