/**
 * Heals: runs a failed operation again where that is known to be safe and has been shown to help.
 * Instrumentations ask {@link dev.engram.agent.core.remedy.Healing} on application threads, which
 * may then wait there for as long as a remedy says, holding nothing of ours. The writer thread puts
 * in force what the memory home says, looks at pools of connections and resizes them, and judges
 * services that have too much to do.
 */
@NullMarked
package dev.engram.agent.core.remedy;

import org.jspecify.annotations.NullMarked;
