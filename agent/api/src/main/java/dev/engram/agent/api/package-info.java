/**
 * What application code may use to tell its memory more than the agent finds out alone, and to ask
 * it. Everything here works without the agent, and then does nothing. Thread-safe.
 */
@NullMarked
package dev.engram.agent.api;

import org.jspecify.annotations.NullMarked;
