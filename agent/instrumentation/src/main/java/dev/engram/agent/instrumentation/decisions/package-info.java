/**
 * Decisions of methods that are annotated with {@code @Decision}, what becomes of them as {@code
 * Engram.outcome} tells it, and the values of {@code Engram.correlate} by which the two find each
 * other. The advice and capture classes run on application threads, loaded beside the class of the
 * method.
 */
@NullMarked
package dev.engram.agent.instrumentation.decisions;

import org.jspecify.annotations.NullMarked;
