/**
 * The route and the handled exceptions of JAX-RS resources, for the SERVER span that the server
 * below Jersey has opened. The advice and capture classes run on the threads of requests, loaded
 * beside Jersey; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.jersey;

import org.jspecify.annotations.NullMarked;
