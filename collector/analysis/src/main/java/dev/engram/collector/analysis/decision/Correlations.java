package dev.engram.collector.analysis.decision;

import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The values of correlation keys that something is found by. Of a decision they are its own, and
 * those of all spans of its trace, because what is decided first often gets its key later.
 */
public final class Correlations {
  private static final String PREFIX = "engram.correlation.";

  /** What is hidden, or cut, stands for many values. */
  private static final String HIDDEN = "[redacted";

  private Correlations() {}

  /**
   * By the name of the key.
   *
   * @param keys that somebody told something by; spans may say them under the plain name
   */
  static Map<String, String> of(DecisionRow decision, List<StoredSpan> trace, Set<String> keys) {
    Map<String, String> values = new TreeMap<>();
    decision.attributes().forEach((name, value) -> put(values, name, value, Set.of()));
    for (StoredSpan span : trace) {
      span.row().attributes().forEach((name, value) -> put(values, name, value, keys));
    }
    return values;
  }

  /** Those that one span says. */
  public static Map<String, String> of(SpanRow span, Set<String> keys) {
    Map<String, String> values = new TreeMap<>();
    span.attributes().forEach((name, value) -> put(values, name, value, keys));
    return values;
  }

  private static void put(Map<String, String> values, String name, Object value, Set<String> keys) {
    boolean correlation = name.startsWith(PREFIX);
    if (!correlation && !keys.contains(name)) {
      return;
    }
    String text = String.valueOf(value);
    if (!text.contains(HIDDEN)) {
      values.putIfAbsent(correlation ? name.substring(PREFIX.length()) : name, text);
    }
  }
}
