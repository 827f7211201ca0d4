/**
 * One SERVER span for each request that {@code com.sun.net.httpserver} takes. Its handlers are
 * mostly lambdas, which no agent can transform, so the server's own classes are hooked. The advice
 * and capture classes run on the server's threads, loaded beside it; they see only its public
 * types.
 */
@NullMarked
package dev.engram.agent.instrumentation.jdkhttpserver;

import org.jspecify.annotations.NullMarked;
