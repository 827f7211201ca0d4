package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** What an embedding model is asked; its vectors are not kept. */
final class EmbeddingCapture {
  private EmbeddingCapture() {}

  static @Nullable Object enter(Object model, @Nullable Object request) {
    if (!(request instanceof EmbeddingRequest asked)) {
      return null;
    }
    EmbeddingOptions options = asked.getOptions();
    String name = options == null ? null : options.getModel();
    ModelCall call = ModelCall.open("embeddings", Provider.of(model), name);
    if (call == null) {
      return null;
    }
    try {
      if (call.wantsInput()) {
        Messages messages = new Messages().role("user");
        asked.getInstructions().forEach(messages::text);
        call.input(messages);
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
      call.fail(thrown, model.getClass().getName() + "#call");
      return;
    }
    if (response instanceof EmbeddingResponse answer && answer.getMetadata() != null) {
      Usage usage = answer.getMetadata().getUsage();
      call.set(AttributeKey.GEN_AI_RESPONSE_MODEL, ChatText.some(answer.getMetadata().getModel()));
      call.tokens(Tokens.isTold(usage) ? usage.getPromptTokens() : null, null);
    }
    call.end();
  }
}
