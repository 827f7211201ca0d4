package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;

/**
 * An error group that is like what was asked about.
 *
 * @param score from 0 to 1, which is the same
 */
public record SimilarError(double score, ErrorGroup group) {}
