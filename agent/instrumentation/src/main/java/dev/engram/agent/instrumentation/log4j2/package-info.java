/**
 * Exceptions that the application logs with Log4j 2. The advice runs on the thread that logs; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.log4j2;

import org.jspecify.annotations.NullMarked;
