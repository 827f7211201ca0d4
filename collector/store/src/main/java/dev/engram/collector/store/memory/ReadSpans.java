package dev.engram.collector.store.memory;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.CallsInTransactions;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.PayloadRow;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.RequestRollup;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers what is asked of spans, and of what is left of them. Thread-safe. */
final class ReadSpans {
  private final Memory memory;
  private final StoredRows rows;
  private final Questions questions;

  ReadSpans(Memory memory) {
    this.memory = memory;
    rows = new StoredRows(memory);
    questions = new Questions(memory);
  }

  List<StoredSpan> spans(SpanFilter filter) {
    Comparator<StoredSpan> order =
        filter.afterArrival() != 0
            ? comparingLong(StoredSpan::arrival)
            : StoredRows.OLDEST_FIRST.reversed();
    return questions.limited(filter.limit(), () -> taken(filter, rows.ended()).sorted(order));
  }

  void visit(SpanFilter filter, Consumer<StoredSpan> visitor) {
    questions
        .limited(
            filter.limit(),
            () ->
                taken(filter, rows.endedAlone())
                    .map(StoredRows::withoutPayloads)
                    .sorted(StoredRows.OLDEST_FIRST))
        .forEach(visitor);
  }

  List<StoredSpan> spansById(Set<Long> spanIds) {
    return questions.locked(
        () ->
            rows.spansAlone()
                .filter(span -> spanIds.contains(span.row().spanId()))
                .map(StoredRows::withoutPayloads)
                .sorted(StoredRows.OLDEST_FIRST)
                .toList());
  }

  Optional<StoredSpan> span(long spanId) {
    return questions.locked(
        () -> last(rows.ended(), spanId).or(() -> last(rows.running(), spanId)));
  }

  List<StoredSpan> inProgress(SpanFilter filter) {
    return questions.limited(
        filter.limit(),
        () ->
            rows.running()
                .filter(span -> Filters.takes(filter, span))
                .filter(span -> rows.meets(filter.where(), span))
                .sorted(StoredRows.OLDEST_FIRST.reversed()));
  }

  List<StoredSpan> trace(TraceId traceId) {
    return questions.locked(
        () ->
            rows.spans()
                .filter(span -> span.row().traceId().equals(traceId))
                .sorted(StoredRows.OLDEST_FIRST)
                .toList());
  }

  List<Long> spanIds(String prefix) {
    return questions.matching(
        prefix, Questions::hex, () -> rows.spans().map(span -> span.row().spanId()));
  }

  List<TraceId> traceIds(String prefix) {
    return questions.matching(
        prefix, TraceId::hex, () -> rows.spans().map(span -> span.row().traceId()));
  }

  List<StatementSummary> statements(StatementFilter filter) {
    return questions.limited(filter.limit(), () -> Summaries.statements(executions(filter)));
  }

  List<RepeatedStatement> repeatedStatements(StatementFilter filter, int atLeast) {
    return questions.limited(filter.limit(), () -> Repetitions.of(executions(filter), atLeast));
  }

  List<CallInTransaction> callsInTransactions(StatementFilter filter) {
    return questions.locked(
        () -> {
          CallsInTransactions calls = new CallsInTransactions(filter, rows::version);
          rows.spansAlone()
              .sorted(StoredRows.OLDEST_FIRST)
              .collect(Collectors.groupingBy(span -> span.row().traceId()))
              .values()
              .forEach(calls::add);
          return calls.summedUp();
        });
  }

  Optional<byte[]> payload(InstanceId instance, long payloadId) {
    return questions.locked(
        () ->
            Summaries.assemble(
                rows.of(PayloadRow.class)
                    .filter(part -> part.instance().equals(instance))
                    .map(Arrived::row)
                    .filter(part -> part.payloadId() == payloadId)
                    .toList()));
  }

  List<RequestRollup> requestRollups(
      long sinceEpochNanos, long untilEpochNanos, @Nullable String service) {
    return questions.locked(
        () ->
            memory.rollups.values().stream()
                .filter(it -> sinceEpochNanos == 0 || it.hourEpochNanos() >= sinceEpochNanos)
                .filter(it -> untilEpochNanos == 0 || it.hourEpochNanos() < untilEpochNanos)
                .filter(it -> service == null || it.service().equals(service))
                .sorted(RequestRollup.ORDER)
                .toList());
  }

  private Stream<StoredSpan> executions(StatementFilter filter) {
    return rows.ended()
        .filter(span -> Filters.takes(filter, span))
        .filter(span -> rows.meets(filter.where(), span));
  }

  private Stream<StoredSpan> taken(SpanFilter filter, Stream<StoredSpan> ended) {
    return ended
        .filter(span -> span.arrival() > filter.afterArrival())
        .filter(span -> Filters.takes(filter, span))
        .filter(span -> Filters.takesEnd(filter, span))
        .filter(span -> rows.meets(filter.where(), span));
  }

  private static Optional<StoredSpan> last(Stream<StoredSpan> spans, long spanId) {
    return spans.filter(span -> span.row().spanId() == spanId).max(StoredRows.OLDEST_FIRST);
  }
}
