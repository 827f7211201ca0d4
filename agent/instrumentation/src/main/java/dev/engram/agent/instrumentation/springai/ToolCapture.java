package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.ToolCall;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;

/** What a tool was given and gave. */
final class ToolCapture {
  private ToolCapture() {}

  static @Nullable Object enter(Object tool, @Nullable String arguments) {
    if (!(tool instanceof ToolCallback callback)) {
      return null;
    }
    String name = callback.getToolDefinition().name();
    ToolCall call = ToolCall.open(name, ToolRound.id(name, arguments), arguments);
    if (call != null) {
      call.enter();
    }
    return call;
  }

  static void exit(
      Object opened, Object tool, @Nullable String result, @Nullable Throwable thrown) {
    ToolCall call = (ToolCall) opened;
    call.leave();
    if (thrown != null) {
      call.fail(thrown, tool.getClass().getName() + "#call");
      return;
    }
    call.result(result).end();
  }
}
