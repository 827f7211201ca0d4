/**
 * The agent's start: decides whether to run at all, prepares the JVM, and wires configuration,
 * recording, capture and instrumentation together.
 *
 * <p>Called once by the premain on the thread that will run the application's main. Throws nothing
 * into it, starts no non-daemon thread, and touches neither logging, JMX, locale nor charset.
 */
@NullMarked
package dev.engram.agent.core.bootstrap;

import org.jspecify.annotations.NullMarked;
