/**
 * One SERVER span for each request that Netty's codecs read: a message of HTTP/1.1, or a stream of
 * HTTP/2, whatever an application makes of its frames. What the codecs read and write is hooked, so
 * that a pipeline holds what the application put there. The advice and capture classes run on event
 * loops, loaded beside Netty.
 */
@NullMarked
package dev.engram.agent.instrumentation.netty;

import org.jspecify.annotations.NullMarked;
