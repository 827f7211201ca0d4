package dev.engram.agent.core.capture;

import dev.engram.agent.record.AttributeKey;
import java.util.function.LongSupplier;

/** A span that is over but for a count. Used by {@link HeldSpans}, whose thread rule it shares. */
final class Hold {
  private final OpenSpan span;
  private final long since;
  private final AttributeKey key;
  private final LongSupplier count;

  /** Written before it is published there. */
  private int place;

  /**
   * @param since when the operation ended, by the clock's {@code nanoTime}
   * @param count negative when not known
   */
  Hold(OpenSpan span, long since, AttributeKey key, LongSupplier count) {
    this.span = span;
    this.since = since;
    this.key = key;
    this.count = count;
  }

  OpenSpan span() {
    return span;
  }

  long since() {
    return since;
  }

  int place() {
    return place;
  }

  Hold at(int newPlace) {
    place = newPlace;
    return this;
  }

  void putInto(Attributes attributes) {
    long known = count.getAsLong();
    if (known >= 0) {
      attributes.put(key, known);
    }
  }
}
