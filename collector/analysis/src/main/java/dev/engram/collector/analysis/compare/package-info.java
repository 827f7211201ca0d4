/**
 * Compares two parts of the memory, such as two versions of a service: what got slower or faster,
 * which errors and routes are new, gone, more or less frequent. Called by {@code collector/query}.
 * Pure; safe from any thread.
 */
@NullMarked
package dev.engram.collector.analysis.compare;

import org.jspecify.annotations.NullMarked;
