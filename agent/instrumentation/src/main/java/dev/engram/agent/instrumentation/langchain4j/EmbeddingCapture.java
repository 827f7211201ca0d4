package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an embedding model is asked; its vectors are not kept. */
final class EmbeddingCapture {
  private EmbeddingCapture() {}

  /**
   * @param asked segments, or since 1.19 a request
   */
  static @Nullable Object enter(Object model, Object asked) {
    String name = Later.text(asked, "modelName");
    ModelCall call =
        ModelCall.open(
            "embeddings", Provider.of(model), name == null ? Later.text(model, "modelName") : name);
    if (call == null) {
      return null;
    }
    try {
      if (call.wantsInput()) {
        call.input(input(asked));
      }
    } catch (RuntimeException | LinkageError unreadable) {
      Tracing.failed();
    }
    return call.begin();
  }

  static void exit(
      Object opened, Object model, @Nullable Object response, @Nullable Throwable thrown) {
    ModelCall call = (ModelCall) opened;
    call.leave();
    if (thrown != null) {
      call.fail(thrown, ChatCapture.site(model, "embed"));
      return;
    }
    Object usage =
        response instanceof Response<?> older
            ? older.tokenUsage()
            : Later.get(response, "tokenUsage");
    if (usage instanceof TokenUsage counted) {
      call.tokens(counted.inputTokenCount(), null);
    }
    call.set(AttributeKey.GEN_AI_RESPONSE_MODEL, Later.text(response, "modelName"));
    call.end();
  }

  private static Messages input(Object asked) {
    Messages messages = new Messages().role("user");
    Object inputs = asked instanceof List<?> ? asked : Later.get(asked, "inputs");
    if (inputs instanceof List<?> texts) {
      for (Object text : texts) {
        messages.text(
            text instanceof TextSegment segment ? segment.text() : Later.text(text, "text"));
      }
    }
    return messages;
  }
}
