/**
 * The route and the handled exceptions of Javalin's handlers, for the SERVER span of the servlet
 * that Javalin is. The advice and capture classes run on the threads of requests, loaded beside
 * Javalin; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.javalin;

import org.jspecify.annotations.NullMarked;
