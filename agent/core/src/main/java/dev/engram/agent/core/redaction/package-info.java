/**
 * What must not be remembered, and what stands in its place. Called by capture's record writer
 * alone, on application threads; thread-safe.
 */
@NullMarked
package dev.engram.agent.core.redaction;

import org.jspecify.annotations.NullMarked;
