package dev.engram.collector.query;

import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyJudge;
import dev.engram.collector.analysis.remedy.RemedyKind;
import dev.engram.collector.analysis.remedy.RemedyLabel;
import dev.engram.collector.analysis.remedy.RemedyState;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What healing would have done in the last day, where nothing was done.
 *
 * @param failed requests that failed, of whatever
 * @param healable how many of them had met a failure that would have been tried again; 1 or more
 * @param isAll whether all of those were looked at; otherwise there may be more
 */
public record HealableRequests(long failed, long healable, boolean isAll) {
  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  /** Most attempts that are looked at, the latest. */
  private static final int ATTEMPTS = 50_000;

  /** About as many spans are looked at: it is told beside another answer, which must not wait. */
  private static final int SPANS = 20_000;

  /** Empty where there are none. */
  static Optional<HealableRequests> find(StoreReader reader, long nowEpochNanos) {
    long since = nowEpochNanos - DAY_NANOS;
    List<StoredAttempt> all = reader.remedyAttempts(since, ATTEMPTS, ATTEMPTS);
    List<RemedyAttemptRow> undone =
        all.stream().map(StoredAttempt::row).filter(HealableRequests::isUndone).toList();
    if (undone.isEmpty()) {
      return Optional.empty();
    }
    Set<String> waiting = waiting(reader, nowEpochNanos);
    Map<TraceId, Set<Long>> spans = new HashMap<>();
    undone.stream()
        .filter(it -> waiting.contains(RemedyLabel.of(it.remedyId(), it.fingerprint())))
        .forEach(it -> spans.computeIfAbsent(it.traceId(), id -> new HashSet<>()).add(it.spanId()));
    Map<TraceId, List<StoredSpan>> traces = reader.traces(List.copyOf(spans.keySet()), SPANS);
    Set<SpanRow> failed = new HashSet<>();
    traces.forEach(
        (trace, found) -> failed.addAll(failed(found, spans.getOrDefault(trace, Set.of()), since)));
    boolean isAll = traces.size() == spans.size() && all.size() < ATTEMPTS;
    return failed.isEmpty()
        ? Optional.empty()
        : Optional.of(new HealableRequests(failed(reader, since), failed.size(), isAll));
  }

  private static boolean isUndone(RemedyAttemptRow attempt) {
    return attempt.arm().equals("observed") && !attempt.traceId().equals(TraceId.NONE);
  }

  /** Labels of retries that need nothing but that a service heals. */
  private static Set<String> waiting(StoreReader reader, long nowEpochNanos) {
    return RemedyJudge.find(reader, nowEpochNanos).stream()
        .filter(it -> it.kind() == RemedyKind.RETRY && it.state() == RemedyState.OBSERVED)
        .filter(JudgedRemedy::isApplied)
        .map(JudgedRemedy::label)
        .collect(Collectors.toSet());
  }

  /** The requests around these spans, those that failed. */
  private static List<SpanRow> failed(List<StoredSpan> trace, Set<Long> spanIds, long since) {
    Map<Long, SpanRow> byId = new HashMap<>();
    trace.forEach(span -> byId.put(span.row().spanId(), span.row()));
    List<SpanRow> failed = new ArrayList<>();
    for (long spanId : spanIds) {
      SpanRow span = byId.remove(spanId);
      while (span != null && !span.kind().equals(Queries.SERVER)) {
        span = byId.remove(span.parentSpanId());
      }
      if (span != null && span.status().equals("error") && span.startEpochNanos() >= since) {
        failed.add(span);
      }
    }
    return failed;
  }

  private static long failed(StoreReader reader, long since) {
    SpanFilter requests = new SpanFilter(since, 0, null, Queries.SERVER, null, null, 0, 0, 0);
    return reader.sums(requests, SpanSum.By.REQUEST).stream().mapToLong(SpanSum::errors).sum();
  }
}
