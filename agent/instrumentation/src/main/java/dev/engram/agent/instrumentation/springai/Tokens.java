package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.ModelCall;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;

/** How many tokens a call used. */
final class Tokens {
  private static final String ANTHROPIC = "anthropic";

  private Tokens() {}

  /** Whether anything was counted. */
  static boolean isTold(@Nullable Usage usage) {
    return usage != null
        && number(usage.getPromptTokens()) + number(usage.getCompletionTokens()) > 0;
  }

  /**
   * @param before where a model ran tools and asked again, its usage is the sum of all; this is
   *     what came before, or null
   */
  static void tell(ModelCall call, Usage usage, @Nullable Usage before) {
    long input = number(usage.getPromptTokens());
    long output = number(usage.getCompletionTokens());
    if (before != null) {
      input -= number(before.getPromptTokens());
      output -= number(before.getCompletionTokens());
    }
    Object provider = usage.getNativeUsage();
    Number read =
        firstOf(
            Later.number(usage, "getCacheReadInputTokens"),
            Later.number(provider, "cacheReadInputTokens"),
            Later.number(Later.get(provider, "promptTokensDetails"), "cachedTokens"));
    Number created =
        firstOf(
            Later.number(usage, "getCacheWriteInputTokens"),
            Later.number(provider, "cacheCreationInputTokens"),
            null);
    Number reasoning =
        firstOf(
            Later.number(Later.get(provider, "completionTokenDetails"), "reasoningTokens"),
            Later.number(Later.get(provider, "completionTokensDetails"), "reasoningTokens"),
            null);
    if (provider != null && provider.getClass().getName().contains(ANTHROPIC)) {
      input += number(read) + number(created);
    }
    call.tokens(input, output).tokenParts(whole(read), whole(created), whole(reasoning));
  }

  private static long number(@Nullable Number tokens) {
    return tokens == null ? 0 : tokens.longValue();
  }

  private static @Nullable Long whole(@Nullable Number tokens) {
    return tokens == null ? null : tokens.longValue();
  }

  private static @Nullable Number firstOf(
      @Nullable Number first, @Nullable Number second, @Nullable Number third) {
    return first != null ? first : second != null ? second : third;
  }
}
