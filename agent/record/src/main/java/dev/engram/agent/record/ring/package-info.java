/**
 * The layout of the ring file, the framing of a queue excerpt, and the names in a memory home: what
 * the agent's writer and the collector's intake must agree on; and which files of a home either may
 * trust. No behaviour beyond typed access to bytes and that check.
 */
@NullMarked
package dev.engram.agent.record.ring;

import org.jspecify.annotations.NullMarked;
