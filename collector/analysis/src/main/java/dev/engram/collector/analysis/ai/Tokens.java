package dev.engram.collector.analysis.ai;

/**
 * How many tokens were used, in the counts of OpenTelemetry: {@code cacheRead} and {@code
 * cacheWrite} are parts of {@code input}, {@code reasoning} of {@code output}.
 */
public record Tokens(long input, long cacheRead, long cacheWrite, long output, long reasoning) {
  static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

  Tokens plus(Tokens other) {
    return new Tokens(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        output + other.output,
        reasoning + other.reasoning);
  }
}
