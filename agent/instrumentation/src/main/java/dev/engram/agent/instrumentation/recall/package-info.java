/**
 * What the application asks its memory through {@code Engram.recall}. The advice and capture
 * classes run on application threads, loaded beside the API.
 */
@NullMarked
package dev.engram.agent.instrumentation.recall;

import org.jspecify.annotations.NullMarked;
