/**
 * One SERVER span for each request that Netty's HTTP codec reads, on HTTP/1.1 and on the streams of
 * HTTP/2 that are turned into the same messages. What the codec reads and writes is hooked, so that
 * a pipeline holds what the application put there. The advice and capture classes run on event
 * loops, loaded beside Netty.
 */
@NullMarked
package dev.engram.agent.instrumentation.netty;

import org.jspecify.annotations.NullMarked;
