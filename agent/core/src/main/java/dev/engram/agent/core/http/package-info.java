/**
 * What HTTP instrumentations have in common: the span of a request that a server takes, with the
 * bodies and headers that are remembered of it, and the spans of the attempts that a client's call
 * takes. Called by instrumentations on the threads of servers, callers and clients; never blocks,
 * never throws.
 */
@NullMarked
package dev.engram.agent.core.http;

import org.jspecify.annotations.NullMarked;
