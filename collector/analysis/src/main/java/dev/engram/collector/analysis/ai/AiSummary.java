package dev.engram.collector.analysis.ai;

import dev.engram.collector.analysis.Proportion;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of one model, route, workflow, prompt or service went.
 *
 * @param provider of a summary by model; null otherwise, and when the calls say none
 * @param key by what they were summed up: the model, the name of the request, ...; empty for calls
 *     that have none
 * @param failed calls with status {@code error}, of all
 * @param retried calls that took more than one attempt, of all
 * @param retries attempts after the first
 * @param incomplete streams that ended without their last chunk
 * @param tokens of the calls that told them
 * @param costUsd of the calls that have a price; null when none has
 * @param unpriced calls without a cost, because their tokens or their model's price are not known
 * @param p50Nanos nearest rank, as the others; -1 when no call has ended
 * @param firstChunkP50Nanos of those that streamed; -1 when none did
 * @param judged calls of which somebody said what they think
 * @param meanScore of all judgements of these calls, each once; NaN when none has a score
 * @param prompt of a summary by prompt; null otherwise, and of calls without one
 */
public record AiSummary(
    @Nullable String provider,
    String key,
    long calls,
    Proportion failed,
    Proportion retried,
    long retries,
    long incomplete,
    Tokens tokens,
    @Nullable Double costUsd,
    long unpriced,
    long p50Nanos,
    long p95Nanos,
    long p99Nanos,
    long firstChunkP50Nanos,
    long firstChunkP95Nanos,
    long judged,
    double meanScore,
    @Nullable PromptVersion prompt) {
  /**
   * A version of a prompt.
   *
   * @param name {@code gen_ai.prompt.name}; null when the application gives it none
   * @param firstSeenEpochNanos in all that is remembered, not only in the time asked for
   * @param firstVersion that the service had then
   */
  public record PromptVersion(
      @Nullable String name, long firstSeenEpochNanos, String service, String firstVersion) {}
}
