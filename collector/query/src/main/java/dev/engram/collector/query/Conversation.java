package dev.engram.collector.query;

import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.StoredSpan;
import java.util.List;

/**
 * A call of a model, or of an agent, with all that was said.
 *
 * @param payloads whole, as far as they were kept
 * @param tools the executions of tools in the same trace, oldest first
 * @param feedback what each author said last of each target, earliest first
 */
public record Conversation(
    PricedCall call,
    List<PayloadExcerpt> payloads,
    List<StoredSpan> tools,
    List<FeedbackRow> feedback)
    implements Shown {}
