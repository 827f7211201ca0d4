/**
 * Exceptions that the application logs with SLF4J's simple logger. The advice runs on the thread
 * that logs; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.slf4jsimple;

import org.jspecify.annotations.NullMarked;
