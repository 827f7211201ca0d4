package dev.engram.agent.core.capture;

import dev.engram.agent.record.AttributeKey;
import java.util.List;
import java.util.Map;

/**
 * What a method of the application was given that ended with an exception. Immutable.
 *
 * @param function {@code package.Class.method}
 * @param texts by parameter, under whose name each is redacted
 */
record ThrownArguments(Throwable thrown, String function, Map<String, String> texts) {
  private static final AttributeKey THROWN_BY = AttributeKey.of("engram.thrown.by");
  private static final String ARGUMENT = "engram.argument.";

  /** Whether it was thrown further inside: the same exception, or the cause of this one. */
  boolean areBehind(Throwable outer) {
    return thrown == outer
        || SeenThrowables.chain(outer).stream().anyMatch(inner -> inner == thrown);
  }

  List<Throwable> chain() {
    return SeenThrowables.chain(thrown);
  }

  void putInto(Attributes attributes) {
    attributes.put(THROWN_BY, function);
    texts.forEach((name, text) -> attributes.put(AttributeKey.of(ARGUMENT + name), text));
  }
}
