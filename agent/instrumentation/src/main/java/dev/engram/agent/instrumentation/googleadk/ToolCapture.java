package dev.engram.agent.instrumentation.googleadk;

import com.google.adk.tools.BaseTool;
import com.google.adk.tools.ToolContext;
import dev.engram.agent.core.ai.ToolCall;
import io.reactivex.rxjava3.core.Maybe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tool was given and gave. */
final class ToolCapture {
  static final String SITE = "com.google.adk.tools.BaseTool#runAsync";

  private ToolCapture() {}

  static @Nullable Object enter(
      @Nullable Object tool, @Nullable Map<?, ?> arguments, @Nullable Object context) {
    if (!(tool instanceof BaseTool called)) {
      return null;
    }
    String id = context instanceof ToolContext known ? known.functionCallId().orElse(null) : null;
    ToolCall call = ToolCall.open(called.name(), id, arguments);
    if (call != null) {
      call.enter();
    }
    return call;
  }

  @SuppressWarnings("unchecked")
  static @Nullable Maybe<?> exit(
      Object opened, @Nullable Maybe<?> result, @Nullable Throwable thrown) {
    ToolCall call = (ToolCall) opened;
    call.leave();
    if (thrown != null) {
      call.fail(thrown, SITE);
      return null;
    }
    if (result == null) {
      call.end();
      return null;
    }
    return new WatchedTool((Maybe<Map<String, Object>>) result, call);
  }
}
