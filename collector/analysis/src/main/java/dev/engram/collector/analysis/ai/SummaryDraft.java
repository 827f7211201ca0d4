package dev.engram.collector.analysis.ai;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.ai.AiSummary.PromptVersion;
import dev.engram.collector.store.Durations;
import dev.engram.collector.store.FeedbackRow;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls that are being summed up. Not thread-safe. */
final class SummaryDraft {
  private final @Nullable String provider;
  private final String key;
  private final Durations durations = new Durations();
  private final Durations firstChunks = new Durations();
  private Tokens tokens = Tokens.NONE;
  private double costUsd;
  private long calls;
  private long failed;
  private long retried;
  private long retries;
  private long incomplete;
  private long unpriced;
  private long judged;

  /** One judgement may be of several calls, and counts once. */
  private final Set<FeedbackRow> feedback = Collections.newSetFromMap(new IdentityHashMap<>());

  SummaryDraft(@Nullable String provider, String key) {
    this.provider = provider;
    this.key = key;
  }

  void add(AiCall call, @Nullable Double cost, List<FeedbackRow> said) {
    judged += said.isEmpty() ? 0 : 1;
    feedback.addAll(said);
    calls++;
    failed += call.failed() ? 1 : 0;
    retried += call.retries() > 0 ? 1 : 0;
    retries += call.retries();
    incomplete += call.incomplete() ? 1 : 0;
    Tokens used = call.tokens();
    tokens = used == null ? tokens : tokens.plus(used);
    unpriced += cost == null ? 1 : 0;
    costUsd += cost == null ? 0 : cost;
    if (call.durationNanos() >= 0) {
      durations.add(call.durationNanos());
    }
    if (call.firstChunkNanos() >= 0) {
      firstChunks.add(call.firstChunkNanos());
    }
  }

  AiSummary summary(@Nullable PromptVersion prompt) {
    return new AiSummary(
        provider,
        key,
        calls,
        new Proportion(failed, calls),
        new Proportion(retried, calls),
        retries,
        incomplete,
        tokens,
        unpriced == calls ? null : costUsd,
        unpriced,
        durations.percentile(50),
        durations.percentile(95),
        durations.percentile(99),
        firstChunks.percentile(50),
        firstChunks.percentile(95),
        judged,
        meanScore(),
        prompt);
  }

  private double meanScore() {
    return feedback.stream()
        .mapToDouble(FeedbackRow::score)
        .filter(score -> !Double.isNaN(score))
        .average()
        .orElse(Double.NaN);
  }
}
