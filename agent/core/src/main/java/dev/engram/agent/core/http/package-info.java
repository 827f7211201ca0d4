/**
 * What every HTTP server instrumentation has in common: the span of one request. Called by
 * instrumentations on request threads; never blocks, never throws.
 */
@NullMarked
package dev.engram.agent.core.http;

import org.jspecify.annotations.NullMarked;
