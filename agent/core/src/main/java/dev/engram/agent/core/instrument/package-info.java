/**
 * What an instrumentation declares (types, methods, advice), and the installer that puts it in
 * place.
 *
 * <p>Declarations are read once, on the agent's start-up thread. Matching and transforming run on
 * whatever thread loads a class; linking and the advice itself on application threads. Nothing here
 * throws into them.
 */
@NullMarked
package dev.engram.agent.core.instrument;

import org.jspecify.annotations.NullMarked;
