/**
 * Decides which remedies are tried, applied or withdrawn, from what became of attempts. Called by
 * the collector's wiring and {@code collector/query}. Pure: the same attempts always give the same
 * decisions. Safe from any thread.
 */
@NullMarked
package dev.engram.collector.analysis.remedy;

import org.jspecify.annotations.NullMarked;
