/**
 * Asks a source of database connections again that could not give one. On application threads,
 * which may wait there.
 */
@NullMarked
package dev.engram.agent.instrumentation.connectionretry;

import org.jspecify.annotations.NullMarked;
