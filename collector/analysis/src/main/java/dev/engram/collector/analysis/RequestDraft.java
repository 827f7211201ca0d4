package dev.engram.collector.analysis;

import dev.engram.collector.store.SpanRow;

/** A {@link RequestSummary} that grows. Not thread-safe. */
final class RequestDraft {
  private final Durations durations = new Durations();
  private long count;
  private long errors;
  private long last;

  void add(SpanRow request) {
    count++;
    errors += request.status().equals("error") ? 1 : 0;
    last = Math.max(last, request.startEpochNanos());
    if (request.durationNanos() >= 0) {
      durations.add(request.durationNanos());
    }
  }

  RequestSummary summary() {
    return new RequestSummary(new Proportion(errors, count), durations.percentile(95), last);
  }
}
