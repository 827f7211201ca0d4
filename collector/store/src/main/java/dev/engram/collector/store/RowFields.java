package dev.engram.collector.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one row: some of its own, then its attributes. Which are its own says {@link #OWN};
 * an attribute of such a name is not asked for.
 *
 * @param own without those that have no value
 * @param ended what {@link #requests()} answers
 */
public record RowFields(
    Map<String, Object> own, Map<String, Object> attributes, Supplier<Stream<Fields>> ended)
    implements Fields {
  /** What begins the name of a field of the request that a row belongs to. */
  public static final String REQUEST = "request.";

  /** The own fields of all kinds of rows. Durations are in nanoseconds. */
  public static final List<String> OWN =
      List.of(
          "service",
          "version",
          "name",
          "kind",
          "category",
          "status",
          "duration",
          "origin",
          "site",
          "unit",
          "value",
          "chosen",
          "confidence");

  /** Of a span, whether it has ended or not. */
  public static Fields of(StoredSpan span, String version, Supplier<Stream<Fields>> requests) {
    SpanRow row = span.row();
    Map<String, Object> own = own(span.service(), version);
    own.put("name", row.name());
    own.put("kind", row.kind());
    own.put("category", row.category());
    own.put("status", row.status());
    if (row.durationNanos() >= 0) {
      own.put("duration", row.durationNanos());
    }
    return new RowFields(own, row.attributes(), requests);
  }

  /** Of an exception. */
  public static Fields of(
      StoredException exception, String version, Supplier<Stream<Fields>> requests) {
    ExceptionRow row = exception.row();
    Map<String, Object> own = own(exception.service(), version);
    own.put("exception.type", row.type());
    own.put("thread.name", row.threadName());
    own.put("origin", row.origin());
    putUnlessNull(own, "exception.message", row.message());
    putUnlessNull(own, "site", row.site());
    return new RowFields(own, Map.of(), requests);
  }

  /** Of a decision. */
  public static Fields of(
      StoredDecision decision, String version, Supplier<Stream<Fields>> requests) {
    DecisionRow row = decision.row();
    Map<String, Object> own = own(decision.service(), version);
    own.put("name", row.name());
    own.put("chosen", row.chosen());
    own.put("confidence", row.confidence());
    return new RowFields(own, row.attributes(), requests);
  }

  /** Of one reading. */
  public static Fields of(MetricSummary reading, String version) {
    Map<String, Object> own = own(reading.service(), version);
    own.put("name", reading.name());
    own.put("unit", reading.unit());
    own.put("value", reading.last());
    return new RowFields(own, reading.attributes(), Stream::empty);
  }

  /** Whether a span that has ended is a request of this trace. */
  public static boolean isRequestOf(TraceId trace, SpanRow span) {
    return !trace.equals(TraceId.NONE)
        && span.traceId().equals(trace)
        && span.kind().equals("SERVER");
  }

  @Override
  public @Nullable Object value(String field) {
    Object value = own.get(field);
    return value != null || OWN.contains(field) ? value : attributes.get(field);
  }

  @Override
  public Stream<Fields> requests() {
    return ended.get();
  }

  private static Map<String, Object> own(String service, String version) {
    Map<String, Object> own = new HashMap<>();
    own.put("service", service);
    own.put("version", version);
    return own;
  }

  private static void putUnlessNull(Map<String, Object> own, String field, @Nullable String value) {
    if (value != null) {
      own.put(field, value);
    }
  }
}
