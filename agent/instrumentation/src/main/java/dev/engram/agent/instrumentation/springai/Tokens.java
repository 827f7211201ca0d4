package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.ai.ModelCall;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;

/** How many tokens a call used. */
final class Tokens {
  private static final String ANTHROPIC = "anthropic";
  private static final String CACHE_READ = "cacheReadInputTokens";
  private static final String CACHE_WRITTEN = "cacheWriteInputTokens";

  private Tokens() {}

  /** Whether anything was counted. */
  static boolean isTold(@Nullable Usage usage) {
    return usage != null
        && number(usage.getPromptTokens()) + number(usage.getCompletionTokens()) > 0;
  }

  /**
   * @param said with the usage; Bedrock's has there what went through a cache, which its input
   *     leaves out
   * @param before where a model ran tools and asked again, its usage is the sum of all; this is
   *     what came before, or null
   */
  static void tell(ModelCall call, Usage usage, ChatResponseMetadata said, @Nullable Usage before) {
    long input = number(usage.getPromptTokens()) - input(before);
    long output = number(usage.getCompletionTokens()) - output(before);
    Object provider = usage.getNativeUsage();
    Number read =
        firstOf(
            Later.number(usage, "getCacheReadInputTokens"),
            Later.number(provider, "cacheReadInputTokens"),
            Later.number(Later.get(provider, "promptTokensDetails"), "cachedTokens"),
            Later.number(usage, "getCachedContentTokenCount"),
            said.get(CACHE_READ));
    Number created =
        firstOf(
            Later.number(usage, "getCacheWriteInputTokens"),
            Later.number(provider, "cacheCreationInputTokens"),
            said.get(CACHE_WRITTEN));
    Number reasoning =
        firstOf(
            Later.number(Later.get(provider, "completionTokenDetails"), "reasoningTokens"),
            Later.number(Later.get(provider, "completionTokensDetails"), "reasoningTokens"));
    if (isCacheApart(provider, said)) {
      input += number(read) + number(created);
    }
    if (call.isAskedOfGoogle()) {
      input += number(Later.number(usage, "getToolUsePromptTokenCount"));
      long thoughts = number(usage.getTotalTokens()) - total(before) - input - output;
      if (thoughts > 0) {
        // Gemini counts them in the total alone.
        output += thoughts;
        reasoning = thoughts;
      }
    }
    call.tokens(input, output).tokenParts(whole(read), whole(created), whole(reasoning));
  }

  private static boolean isCacheApart(@Nullable Object provider, ChatResponseMetadata said) {
    return said.containsKey(CACHE_READ)
        || said.containsKey(CACHE_WRITTEN)
        || (provider != null && provider.getClass().getName().contains(ANTHROPIC));
  }

  private static long input(@Nullable Usage usage) {
    return usage == null ? 0 : number(usage.getPromptTokens());
  }

  private static long output(@Nullable Usage usage) {
    return usage == null ? 0 : number(usage.getCompletionTokens());
  }

  private static long total(@Nullable Usage usage) {
    return usage == null ? 0 : number(usage.getTotalTokens());
  }

  private static long number(@Nullable Number tokens) {
    return tokens == null ? 0 : tokens.longValue();
  }

  private static @Nullable Long whole(@Nullable Number tokens) {
    return tokens == null ? null : tokens.longValue();
  }

  /** The first that is a number. */
  private static @Nullable Number firstOf(@Nullable Object... told) {
    for (Object candidate : told) {
      if (candidate instanceof Number number) {
        return number;
      }
    }
    return null;
  }
}
