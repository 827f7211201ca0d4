/**
 * The memory home: where it lies, whether it may be used, and the folder of this instance in it.
 * {@link dev.engram.agent.core.home.Recording} is the entry: it is started at the agent's start,
 * offered to by capture on any thread, and stopped by the shutdown hook. All file work runs on the
 * writer thread.
 */
@NullMarked
package dev.engram.agent.core.home;

import org.jspecify.annotations.NullMarked;
