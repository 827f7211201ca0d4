/**
 * The layout of the ring file, the framing of a queue excerpt, and the names in a memory home: what
 * the agent's writer and the collector's intake must agree on. No behaviour beyond typed access to
 * bytes.
 */
@NullMarked
package dev.engram.agent.record.ring;

import org.jspecify.annotations.NullMarked;
