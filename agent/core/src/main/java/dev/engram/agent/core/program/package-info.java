/**
 * Which program this JVM was started to run, and in which version. Called by the agent's start and
 * by the writer thread when it describes the instance; nothing here runs on an application thread.
 */
@NullMarked
package dev.engram.agent.core.program;

import org.jspecify.annotations.NullMarked;
