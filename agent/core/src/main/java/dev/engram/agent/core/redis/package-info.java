/**
 * What the clients of Redis have in common: the span of a command. Called by instrumentations on
 * the threads of callers and clients; never blocks, never throws.
 */
@NullMarked
package dev.engram.agent.core.redis;

import org.jspecify.annotations.NullMarked;
