package dev.langchain4j.model.counted;

import dev.langchain4j.model.output.TokenUsage;

/** What the framework's modules for Gemini (since 1.19) and Bedrock count beyond it. */
public final class ProviderUsage extends TokenUsage {
  private final Integer thoughts;
  private final Integer cached;
  private final Integer written;

  private ProviderUsage(
      int input, int output, int total, Integer thoughts, Integer cached, Integer written) {
    super(input, output, total);
    this.thoughts = thoughts;
    this.cached = cached;
    this.written = written;
  }

  public static ProviderUsage gemini(int input, int output, int total, int thoughts, int cached) {
    return new ProviderUsage(input, output, total, thoughts, cached, null);
  }

  public static ProviderUsage bedrock(int input, int output, int written) {
    return new ProviderUsage(input, output, input + output, null, null, written);
  }

  public Integer thoughtsTokenCount() {
    return thoughts;
  }

  public Integer cachedContentTokenCount() {
    return cached;
  }

  public Integer cacheWriteInputTokens() {
    return written;
  }
}
