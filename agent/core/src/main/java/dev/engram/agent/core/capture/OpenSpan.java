package dev.engram.agent.core.capture;

import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A span that has not ended. Filled by one thread at a time; {@link #end()} may be called from any
 * thread and counts once. Values are redacted and cut where they enter the record, not here.
 */
public final class OpenSpan {
  OpenSpan() {}

  /** Continues a remote trace; malformed headers are ignored. Only before {@link #begun()}. */
  public OpenSpan continueFrom(@Nullable String traceparent) {
    throw new AssertionError("to be written");
  }

  /** Replaces the name, for example when the route becomes known. */
  public OpenSpan name(String name) {
    throw new AssertionError("to be written");
  }

  /** Null values are left out. */
  public OpenSpan put(AttributeKey key, @Nullable String value) {
    throw new AssertionError("to be written");
  }

  public OpenSpan put(AttributeKey key, long value) {
    throw new AssertionError("to be written");
  }

  public OpenSpan put(AttributeKey key, double value) {
    throw new AssertionError("to be written");
  }

  public OpenSpan put(AttributeKey key, boolean value) {
    throw new AssertionError("to be written");
  }

  /** Adds a text payload such as a prompt; redacted, then cut at the capture limit. */
  public OpenSpan payload(String name, @Nullable String contentType, CharSequence content) {
    throw new AssertionError("to be written");
  }

  /** Writes the begun note, so that the operation is remembered even if the process dies in it. */
  public OpenSpan begun() {
    throw new AssertionError("to be written");
  }

  /**
   * Makes this the thread's current span; every call is matched by {@link #leave()} on the same
   * thread.
   */
  public OpenSpan enter() {
    throw new AssertionError("to be written");
  }

  /** Restores what was current before {@link #enter()}. */
  public void leave() {
    throw new AssertionError("to be written");
  }

  /** Marks the span as failed by this exception, and remembers the exception. */
  public OpenSpan fail(Throwable thrown, ExceptionOrigin origin, @Nullable String site) {
    throw new AssertionError("to be written");
  }

  /** Marks the span as failed without an exception. */
  public OpenSpan fail(String errorType, @Nullable String description) {
    throw new AssertionError("to be written");
  }

  /** Ends the span and offers it. Later calls do nothing. */
  public void end() {
    throw new AssertionError("to be written");
  }

  public boolean isEnded() {
    throw new AssertionError("to be written");
  }

  /**
   * The sort of operation it was opened as; a nested call of the same sort can tell itself by it.
   */
  public Category category() {
    throw new AssertionError("to be written");
  }

  /** The W3C header to send to a callee. */
  public String traceparent() {
    throw new AssertionError("to be written");
  }
}
