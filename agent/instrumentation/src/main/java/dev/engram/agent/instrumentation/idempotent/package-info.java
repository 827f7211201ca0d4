/**
 * Runs methods again that are declared idempotent: {@code @Idempotent}, or {@code
 * engram.heal.methods}. On application threads, which may wait there.
 */
@NullMarked
package dev.engram.agent.instrumentation.idempotent;

import org.jspecify.annotations.NullMarked;
