/**
 * What the JVM, its machine and its connection pools are doing, read every ten seconds or as
 * configured. Called by the agent's start on the writer thread, never on an application's; the
 * JVM's management beans are first asked then, long after the application's main has begun.
 */
@NullMarked
package dev.engram.agent.core.runtime;

import org.jspecify.annotations.NullMarked;
