package dev.engram.agent.instrumentation.langchain4j;

import dev.engram.agent.core.ai.ModelCall;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What a model counted; the providers' own counts have more than the framework's. */
final class Tokens {
  private Tokens() {}

  static void of(@Nullable TokenUsage usage, ModelCall call) {
    if (usage == null) {
      return;
    }
    Number written = Later.number(usage, "cacheCreationInputTokens");
    Number read = Later.number(usage, "cacheReadInputTokens");
    Integer input = usage.inputTokenCount();
    if (input != null) {
      // Anthropic counts neither as input.
      input += (read == null ? 0 : read.intValue()) + (written == null ? 0 : written.intValue());
    }
    if (read == null) {
      read = Later.number(Later.get(usage, "inputTokensDetails"), "cachedTokens");
    }
    Number reasoning = Later.number(Later.get(usage, "outputTokensDetails"), "reasoningTokens");
    call.tokens(input, usage.outputTokenCount()).tokenParts(read, written, reasoning);
  }
}
