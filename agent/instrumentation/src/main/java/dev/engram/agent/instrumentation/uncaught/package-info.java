/**
 * Exceptions that nobody catches: of threads and periodic tasks at once, of futures when nobody
 * asks for them in a while. The advice runs on application threads, and some of it where virtual
 * threads are scheduled, so it takes no lock; the instrumentation class is read once by the
 * installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.uncaught;

import org.jspecify.annotations.NullMarked;
