package dev.engram.collector.query;

import java.util.List;

/**
 * The answer to a search.
 *
 * @param found best first
 * @param searchedSinceEpochNanos what is older was not searched, or not all of it; 0 when all was
 */
public record FoundTexts(List<FoundText> found, long searchedSinceEpochNanos) {}
