package dev.engram.collector.store;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits best first; which is better is the store's own affair. Bodies come last: they are
 *     looked into as far as the limit leaves room for more.
 * @param searchedSinceEpochNanos what is older was not searched, or not all of it; 0 when all was
 */
public record SearchHits(List<SearchHit> hits, long searchedSinceEpochNanos) {}
