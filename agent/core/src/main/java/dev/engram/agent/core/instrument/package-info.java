/**
 * What an instrumentation declares: types, methods, advice. Read once, on the agent's start-up
 * thread.
 */
@NullMarked
package dev.engram.agent.core.instrument;

import org.jspecify.annotations.NullMarked;
