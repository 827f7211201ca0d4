/**
 * One CLIENT span for each command that Lettuce sends, whether it was called synchronously,
 * asynchronously or reactively. The advice and capture classes run on the threads of callers and of
 * the client, loaded beside Lettuce; the instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.lettuce;

import org.jspecify.annotations.NullMarked;
