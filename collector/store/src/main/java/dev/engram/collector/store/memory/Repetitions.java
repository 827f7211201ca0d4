package dev.engram.collector.store.memory;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds statements that ran again and again below one span. Pure. */
final class Repetitions {
  private static final Comparator<List<StoredSpan>> FEWEST_THEN_EARLIEST_FIRST =
      comparingInt((List<StoredSpan> below) -> below.size())
          .thenComparingLong(below -> latest(below).arrival());

  private record Parent(InstanceId instance, TraceId traceId, long spanId) {}

  private Repetitions() {}

  static Stream<RepeatedStatement> of(Stream<StoredSpan> executions, int atLeast) {
    Map<List<String>, List<StoredSpan>> byStatement =
        executions
            .filter(span -> span.row().parentSpanId() != 0)
            .collect(groupingBy(Summaries::statementKey));
    return byStatement.entrySet().stream()
        .flatMap(entry -> repeated(entry.getKey(), entry.getValue(), atLeast))
        .sorted(RepeatedStatement.MOST_TIME_FIRST);
  }

  private static Stream<RepeatedStatement> repeated(
      List<String> statement, List<StoredSpan> executions, int atLeast) {
    List<List<StoredSpan>> repetitions =
        executions.stream().collect(groupingBy(Repetitions::parent)).values().stream()
            .filter(below -> below.size() >= atLeast)
            .toList();
    return repetitions.isEmpty() ? Stream.empty() : Stream.of(summary(statement, repetitions));
  }

  private static RepeatedStatement summary(
      List<String> statement, List<List<StoredSpan>> repetitions) {
    List<StoredSpan> all = repetitions.stream().flatMap(List::stream).toList();
    List<StoredSpan> most = Collections.max(repetitions, FEWEST_THEN_EARLIEST_FIRST);
    return new RepeatedStatement(
        statement.get(0),
        statement.get(1),
        statement.get(2),
        repetitions.size(),
        all.size(),
        Summaries.total(all),
        most.size(),
        most.get(0).row().traceId(),
        most.get(0).row().parentSpanId());
  }

  private static Parent parent(StoredSpan span) {
    return new Parent(span.row().instance(), span.row().traceId(), span.row().parentSpanId());
  }

  private static StoredSpan latest(List<StoredSpan> below) {
    return Collections.max(below, comparingLong(StoredSpan::arrival));
  }
}
