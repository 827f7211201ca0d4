package dev.engram.collector.query;

import dev.engram.collector.store.SearchHit;

/** A hit with what to show of it. */
public record FoundText(SearchHit hit, Snippet snippet) {}
