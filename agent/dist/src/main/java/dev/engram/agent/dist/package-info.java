/**
 * What the application's class loader sees of the agent: the entry that the JVM calls, and the
 * loader that hides everything else. Called by the JVM, on the main thread, before the application.
 *
 * <p>Compiled for Java 8, so that an older JVM reads the line that says what is missing instead of
 * failing to start.
 */
@NullMarked
package dev.engram.agent.dist;

import org.jspecify.annotations.NullMarked;
