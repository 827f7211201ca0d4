package dev.engram.collector.query;

import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the innermost method of the application was given that an exception left, as its agent kept
 * it. Immutable.
 *
 * @param function {@code package.Class.method}
 * @param values by parameter
 */
public record ThrownArguments(String function, Map<String, Object> values) {
  private static final String THROWN_BY = "engram.thrown.by";
  private static final String ARGUMENT = "engram.argument.";

  /**
   * Those of the span that the exception was seen in, or of the nearest above it; empty where none
   * were kept.
   */
  static Optional<ThrownArguments> of(StoredException exception, StoreReader reader) {
    TraceId trace = exception.row().traceId();
    Map<Long, SpanRow> spans = new HashMap<>();
    if (!trace.equals(TraceId.NONE)) {
      reader.trace(trace).stream().map(StoredSpan::row).forEach(it -> spans.put(it.spanId(), it));
    }
    Set<Long> seen = new HashSet<>();
    SpanRow span = spans.get(exception.row().spanId());
    while (span != null && seen.add(span.spanId())) {
      Optional<ThrownArguments> found = of(span, exception.row().stack());
      if (found.isPresent()) {
        return found;
      }
      span = spans.get(span.parentSpanId());
    }
    return Optional.empty();
  }

  /**
   * A span may have met other exceptions: its method is in the stack of this one, or it is none.
   */
  private static Optional<ThrownArguments> of(SpanRow span, ThrownStack stack) {
    return span.attributes().get(THROWN_BY) instanceof String function && passes(stack, function)
        ? Optional.of(new ThrownArguments(function, values(span)))
        : Optional.empty();
  }

  private static boolean passes(@Nullable ThrownStack stack, String function) {
    return stack != null
        && (stack.frames().stream().anyMatch(frame -> frame.contains(function + "("))
            || passes(stack.cause(), function));
  }

  private static Map<String, Object> values(SpanRow span) {
    Map<String, Object> values = new TreeMap<>();
    span.attributes()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ARGUMENT)) {
                values.put(name.substring(ARGUMENT.length()), value);
              }
            });
    return values;
  }
}
