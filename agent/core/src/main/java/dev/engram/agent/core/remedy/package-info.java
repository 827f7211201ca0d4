/**
 * Heals: runs a failed operation again where that is known to be safe and has been shown to help.
 * Instrumentations ask {@link dev.engram.agent.core.remedy.Healing} on application threads, which
 * may then wait there for as long as a remedy says, holding nothing of ours; the agent's control
 * thread puts in force what the memory home says. Pools of connections are looked at and resized on
 * the writer thread; services that have too much to do are judged there too.
 */
@NullMarked
package dev.engram.agent.core.remedy;

import org.jspecify.annotations.NullMarked;
