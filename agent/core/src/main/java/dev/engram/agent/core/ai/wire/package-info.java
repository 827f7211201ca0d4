/**
 * Calls of models as they pass over HTTP: which requests are some, and what their bodies say in the
 * words of each provider. Called by the instrumentations of HTTP clients and of clients of
 * providers, on the threads that send and read; never blocks, never throws.
 */
@NullMarked
package dev.engram.agent.core.ai.wire;

import org.jspecify.annotations.NullMarked;
