/**
 * One CLIENT span for each command that Jedis sends, alone, in a pipeline or in a transaction. The
 * advice and capture classes run on the threads of callers, loaded beside Jedis; the
 * instrumentation class is read once by the installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.jedis;

import org.jspecify.annotations.NullMarked;
