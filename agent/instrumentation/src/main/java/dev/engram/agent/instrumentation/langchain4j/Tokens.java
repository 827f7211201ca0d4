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
    Number written =
        firstOf(
            Later.number(usage, "cacheCreationInputTokens"),
            Later.number(usage, "cacheWriteInputTokens"));
    Number read = Later.number(usage, "cacheReadInputTokens");
    Integer input = usage.inputTokenCount();
    if (input != null) {
      // Anthropic and Bedrock count neither as input.
      input += number(read) + number(written);
    }
    Number cached =
        firstOf(
            Later.number(Later.get(usage, "inputTokensDetails"), "cachedTokens"),
            Later.number(usage, "cachedContentTokenCount"));
    Number reasoning = Later.number(Later.get(usage, "outputTokensDetails"), "reasoningTokens");
    Integer output = usage.outputTokenCount();
    int thoughts = call.isAskedOfGoogle() ? thoughts(usage) : 0;
    if (thoughts > 0) {
      output = number(output) + thoughts;
      reasoning = thoughts;
    }
    call.tokens(input, output).tokenParts(firstOf(read, cached), written, reasoning);
  }

  /** Gemini counts them apart from its output. Before 1.19 they are in the total alone. */
  private static int thoughts(TokenUsage usage) {
    if (usage.getClass() != TokenUsage.class) {
      return number(Later.number(usage, "thoughtsTokenCount"));
    }
    return number(usage.totalTokenCount())
        - number(usage.inputTokenCount())
        - number(usage.outputTokenCount());
  }

  private static @Nullable Number firstOf(@Nullable Number first, @Nullable Number second) {
    return first == null ? second : first;
  }

  private static int number(@Nullable Number tokens) {
    return tokens == null ? 0 : tokens.intValue();
  }
}
