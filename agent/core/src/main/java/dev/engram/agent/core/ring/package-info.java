/**
 * The ring: a mapped file that application threads write records to without waiting for anybody.
 * Offered to by capture on any thread, drained by {@code writer} on its one thread; the file
 * outlives a killed process.
 */
@NullMarked
package dev.engram.agent.core.ring;

import org.jspecify.annotations.NullMarked;
