package dev.engram.collector.analysis;

import dev.engram.collector.store.Durations;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.SpanSum;

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

  void add(SpanSum requests) {
    count += requests.count();
    errors += requests.errors();
    last = Math.max(last, requests.lastEpochNanos());
    durations.add(requests.durations());
  }

  RequestSummary summary() {
    return new RequestSummary(new Proportion(errors, count), durations.percentile(95), last);
  }
}
