/**
 * What a store keeps and answers, whatever engine is below. Written by {@code collector/intake},
 * read by {@code collector/analysis} and {@code collector/query}; knows no engine and no wire
 * format. Rows are immutable values.
 */
@NullMarked
package dev.engram.collector.store;

import org.jspecify.annotations.NullMarked;
