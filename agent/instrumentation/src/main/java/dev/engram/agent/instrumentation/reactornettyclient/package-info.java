/**
 * A CLIENT span for each attempt of Reactor Netty's HTTP client, and so of Spring's WebClient on
 * it. The advice and capture classes run on the threads that subscribe and on event loops, loaded
 * beside Reactor Netty.
 */
@NullMarked
package dev.engram.agent.instrumentation.reactornettyclient;

import org.jspecify.annotations.NullMarked;
