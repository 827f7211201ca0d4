/**
 * What Reactor Netty's HTTP server knows of a request beyond its messages: when its handler begins,
 * also for a pipelined request, and what the handler's publisher failed with. The advice and
 * capture classes run on event loops, loaded beside Reactor Netty.
 */
@NullMarked
package dev.engram.agent.instrumentation.reactornetty;

import org.jspecify.annotations.NullMarked;
