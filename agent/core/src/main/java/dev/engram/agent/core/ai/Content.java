package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.json.BoundedJson;

/**
 * A JSON array that becomes a payload: messages, instructions, definitions of tools, documents.
 * Keeps no more of it than is remembered. Confined to one thread at a time.
 */
public abstract class Content {
  private static final String JSON = "application/json";

  final BoundedJson json = new BoundedJson(Tracing.aiContentLimit());
  private int elements;

  Content() {
    json.raw("[");
  }

  /** How many elements it has. */
  public final int size() {
    return elements;
  }

  /** Begins an element; whoever does closes its brace before the next. */
  final BoundedJson element() {
    json.raw(elements++ == 0 ? "{" : ",{");
    return json;
  }

  /** Closes what is open in the last element. */
  void close() {}

  /**
   * As a payload of the span, unless there is nothing in it; only once, and the last that is done.
   */
  final void putInto(OpenSpan span, String name) {
    if (elements > 0) {
      close();
      json.raw("]");
      span.payload(name, JSON, json.toString(), json.wholeSize());
    }
  }
}
