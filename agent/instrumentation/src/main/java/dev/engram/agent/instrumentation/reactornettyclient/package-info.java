/**
 * A CLIENT span for each attempt of Reactor Netty's HTTP client, and so of Spring's WebClient on
 * it, and the call of a model around them where the body asks one and is sent in one piece. A call
 * that is cancelled before it has a connection has made no attempt, and has no span unless it gets
 * one all the same: its Mono alone is told, and no hook of the client is near. The advice and
 * capture classes run on the threads that subscribe and on event loops, loaded beside Reactor
 * Netty.
 */
@NullMarked
package dev.engram.agent.instrumentation.reactornettyclient;

import org.jspecify.annotations.NullMarked;
