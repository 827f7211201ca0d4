/**
 * Exceptions that the application logs with Logback. The advice runs on the thread that logs; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.logback;

import org.jspecify.annotations.NullMarked;
