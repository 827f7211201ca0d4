package dev.engram.collector.store;

/**
 * A row that has the text that was searched for.
 *
 * @param name type of the exception, or name of the span
 * @param text what was searched of it, as {@link SearchedText} gives it
 * @param fingerprint of the exception; 0 for a span
 * @param arrival as in {@link StoredSpan#arrival()}
 */
public record SearchHit(
    SearchIn in,
    String service,
    InstanceId instance,
    TraceId traceId,
    long spanId,
    long fingerprint,
    long timeEpochNanos,
    String name,
    String text,
    long arrival) {

  public static SearchHit of(StoredException exception) {
    ExceptionRow row = exception.row();
    return new SearchHit(
        SearchIn.of(row),
        exception.service(),
        row.instance(),
        row.traceId(),
        row.spanId(),
        row.fingerprint(),
        row.timeEpochNanos(),
        row.type(),
        SearchedText.of(row),
        exception.arrival());
  }

  public static SearchHit of(StoredSpan span) {
    SpanRow row = span.row();
    return new SearchHit(
        SearchIn.of(row),
        span.service(),
        row.instance(),
        row.traceId(),
        row.spanId(),
        0,
        row.startEpochNanos(),
        row.name(),
        SearchedText.of(row),
        span.arrival());
  }
}
