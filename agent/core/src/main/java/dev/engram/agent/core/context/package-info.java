/**
 * Identities of traces and spans, their W3C form, and those of OpenTelemetry's agent where it runs
 * too. Called by capture on application threads; stateless.
 */
@NullMarked
package dev.engram.agent.core.context;

import org.jspecify.annotations.NullMarked;
