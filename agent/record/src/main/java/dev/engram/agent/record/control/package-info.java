/**
 * The files below {@code control/} in a memory home, by which people act on running services: what
 * the command line writes and the agent reads. Pure; read by the agent on its own thread, never on
 * an application's.
 */
@NullMarked
package dev.engram.agent.record.control;

import org.jspecify.annotations.NullMarked;
