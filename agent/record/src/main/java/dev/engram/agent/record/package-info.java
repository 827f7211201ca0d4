/**
 * The wire contract between agent and collector: what a record is, its bytes, and the layout of the
 * files that carry it, and what no record may hold.
 *
 * <p>Called by {@code agent/core} (encoding, on application threads) and by {@code
 * collector/intake} (decoding). Depends on Agrona's buffers alone. Records are immutable values;
 * encoders are confined to one thread at a time.
 */
@NullMarked
package dev.engram.agent.record;

import org.jspecify.annotations.NullMarked;
