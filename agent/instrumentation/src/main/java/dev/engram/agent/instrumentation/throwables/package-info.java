/**
 * Counts the throwables that are constructed, and remembers those that are printed. Throwable's
 * constructors call the class in {@code java.lang} directly: advice cannot go there, because
 * linking it may construct a throwable. Read once by the installer; what is rewritten runs on every
 * thread that constructs a throwable.
 */
@NullMarked
package dev.engram.agent.instrumentation.throwables;

import org.jspecify.annotations.NullMarked;
