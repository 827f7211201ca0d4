/**
 * One CLIENT span for each command that MongoDB's driver sends, synchronously or reactively. The
 * advice and capture classes run on the threads of callers and of the driver, loaded beside it; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.mongodb;

import org.jspecify.annotations.NullMarked;
