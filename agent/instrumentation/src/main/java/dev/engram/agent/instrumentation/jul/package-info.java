/**
 * Exceptions that the application logs with {@code java.util.logging}, which is never initialised
 * from here. The advice runs on the thread that logs; the instrumentation class is read once by the
 * installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.jul;

import org.jspecify.annotations.NullMarked;
