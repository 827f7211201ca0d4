package dev.engram.collector.analysis.ai;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider asks for a model from a day on, in US dollars for a million tokens.
 *
 * @param provider {@code gen_ai.provider.name}; {@code *} stands for any characters
 * @param model name of the model; {@code *} stands for any characters
 * @param fromEpochNanos inclusive; a later price of the same model replaces this one
 * @param aboveInputTokens of calls with more input tokens than this alone; 0 for all
 * @param input for input that no cache had
 * @param cacheRead for input from a cache; null when it costs what other input costs
 * @param cacheWrite for input that went to a cache; null likewise
 */
public record Price(
    String provider,
    String model,
    long fromEpochNanos,
    long aboveInputTokens,
    double input,
    @Nullable Double cacheRead,
    @Nullable Double cacheWrite,
    double output) {
  private static final double TOKENS = 1e6;

  /** Whether it is of this model, whenever that is; a provider that is not known may be any. */
  boolean isOf(@Nullable String actualProvider, String actualModel) {
    return matches(model, actualModel)
        && (actualProvider == null || matches(provider, actualProvider));
  }

  /**
   * What so many tokens cost. The counts of input include those that came from or went to a cache,
   * that of output includes reasoning (OpenTelemetry's conventions for generative AI), so that each
   * token is paid for once: (input - read - written) * p + read * p_r + written * p_w + output *
   * p_o.
   */
  double of(Tokens tokens) {
    long uncached = Math.max(0, tokens.input() - tokens.cacheRead() - tokens.cacheWrite());
    return (uncached * input
            + tokens.cacheRead() * (cacheRead == null ? input : cacheRead)
            + tokens.cacheWrite() * (cacheWrite == null ? input : cacheWrite)
            + tokens.output() * output)
        / TOKENS;
  }

  private static boolean matches(String pattern, String text) {
    return pattern.equals(text) || (pattern.contains("*") && glob(pattern).matcher(text).matches());
  }

  private static Pattern glob(String pattern) {
    return Pattern.compile("\\Q" + pattern.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E");
  }
}
