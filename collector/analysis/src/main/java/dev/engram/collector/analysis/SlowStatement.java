package dev.engram.collector.analysis;

import dev.engram.collector.store.StatementSummary;

/**
 * A statement and its weight.
 *
 * @param meanNanos mean duration
 * @param share its part, 0 to 1, of the time all statements asked about took together
 */
public record SlowStatement(StatementSummary summary, long meanNanos, double share) {}
