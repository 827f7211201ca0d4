package dev.engram.collector.store.memory;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import org.jspecify.annotations.Nullable;

/** What the filters take. Pure. */
final class Filters {
  private Filters() {}

  /** The part that also holds for spans in progress. */
  static boolean takes(SpanFilter filter, StoredSpan span) {
    SpanRow row = span.row();
    return within(filter.sinceEpochNanos(), filter.untilEpochNanos(), row.startEpochNanos())
        && anyOr(filter.service(), span.service())
        && anyOr(filter.kind(), row.kind())
        && anyOr(filter.category(), row.category());
  }

  /** The part that only spans with an end can meet. */
  static boolean takesEnd(SpanFilter filter, StoredSpan span) {
    return anyOr(filter.status(), span.row().status())
        && atLeast(filter.minDurationNanos(), span.row().durationNanos());
  }

  static boolean takes(ExceptionFilter filter, StoredException exception) {
    return within(
            filter.sinceEpochNanos(), filter.untilEpochNanos(), exception.row().timeEpochNanos())
        && anyOr(filter.service(), exception.service());
  }

  /** By fingerprint and trace. */
  static boolean takesIdentity(ExceptionFilter filter, ExceptionRow row) {
    return (filter.fingerprint() == 0 || filter.fingerprint() == row.fingerprint())
        && (filter.traceId() == null || filter.traceId().equals(row.traceId()));
  }

  static boolean takes(StatementFilter filter, StoredSpan span) {
    SpanRow row = span.row();
    return row.isExecution()
        && row.durationNanos() >= 0
        && within(filter.sinceEpochNanos(), filter.untilEpochNanos(), row.startEpochNanos())
        && anyOr(filter.service(), span.service())
        && atLeast(filter.minDurationNanos(), row.durationNanos());
  }

  static boolean takes(MetricFilter filter, MetricSummary reading) {
    return !Double.isNaN(reading.last())
        && within(filter.sinceEpochNanos(), filter.untilEpochNanos(), reading.lastEpochNanos())
        && anyOr(filter.service(), reading.service());
  }

  static boolean takes(ThrowFilter filter, ThrowSummary count) {
    return within(filter.sinceEpochNanos(), filter.untilEpochNanos(), count.lastEpochNanos())
        && anyOr(filter.service(), count.service());
  }

  static boolean takes(DecisionFilter filter, StoredDecision decision) {
    DecisionRow row = decision.row();
    return within(filter.sinceEpochNanos(), filter.untilEpochNanos(), row.timeEpochNanos())
        && anyOr(filter.service(), decision.service())
        && anyOr(filter.name(), row.name())
        && (filter.decisionId() == 0 || filter.decisionId() == row.decisionId());
  }

  static boolean takes(SearchFilter filter, SearchHit hit) {
    return filter.takes(hit.in())
        && within(filter.sinceEpochNanos(), filter.untilEpochNanos(), hit.timeEpochNanos())
        && anyOr(filter.service(), hit.service());
  }

  private static boolean within(long since, long until, long time) {
    return (since == 0 || time >= since) && (until == 0 || time < until);
  }

  private static boolean anyOr(@Nullable String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  private static boolean atLeast(long min, long duration) {
    return min == 0 || duration >= min;
  }
}
