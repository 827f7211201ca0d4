package dev.engram.collector.query;

import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.store.StoredSpan;
import org.jspecify.annotations.Nullable;

/**
 * A call of a model.
 *
 * @param numbers what the span says in numbers
 * @param costUsd null when its tokens or its model's price are not known
 */
public record PricedCall(StoredSpan span, AiCall numbers, @Nullable Double costUsd) {}
