/**
 * What instrumentations call: spans, exceptions, and the one place where a value enters a record.
 * Runs on application threads; never blocks, never throws.
 */
@NullMarked
package dev.engram.agent.core.capture;

import org.jspecify.annotations.NullMarked;
