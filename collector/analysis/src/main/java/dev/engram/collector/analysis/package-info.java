/**
 * What can be concluded from stored rows: pure functions over {@link
 * dev.engram.collector.store.StoreReader}. Called by {@code collector/query}; knows no engine,
 * reads no clock and starts no thread, so that the same rows always give the same answer. Safe from
 * any thread.
 */
@NullMarked
package dev.engram.collector.analysis;

import org.jspecify.annotations.NullMarked;
