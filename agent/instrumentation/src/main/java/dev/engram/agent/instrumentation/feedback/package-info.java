/**
 * Feedback that the application gives through {@code Engram.feedback}. The advice and capture
 * classes run on application threads, loaded beside the API.
 */
@NullMarked
package dev.engram.agent.instrumentation.feedback;

import org.jspecify.annotations.NullMarked;
