/**
 * What Vert.x knows of a request beyond the messages of Netty's codec: when a pipelined request
 * begins, the route of Vert.x Web, and the failure of a routing context. It opens no span. The
 * advice and capture classes run on the threads of Vert.x, loaded beside it.
 */
@NullMarked
package dev.engram.agent.instrumentation.vertx;

import org.jspecify.annotations.NullMarked;
