package dev.engram.collector.store.memory;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers what is asked of decisions, remedies, and what people said. Thread-safe. */
final class ReadTold {
  private final Memory memory;
  private final StoredRows rows;
  private final Questions questions;

  ReadTold(Memory memory) {
    this.memory = memory;
    rows = new StoredRows(memory);
    questions = new Questions(memory);
  }

  List<StoredDecision> decisions(DecisionFilter filter) {
    return questions.limited(
        filter.limit(),
        () ->
            rows.decisions()
                .filter(decision -> Filters.takes(filter, decision))
                .filter(decision -> rows.meets(filter.where(), decision))
                .sorted(
                    comparingLong((StoredDecision it) -> it.row().timeEpochNanos())
                        .thenComparingLong(StoredDecision::arrival)
                        .reversed()));
  }

  List<Long> decisionIds(String prefix) {
    return questions.matching(
        prefix, Questions::hex, () -> rows.decisions().map(it -> it.row().decisionId()));
  }

  List<StoredOutcome> outcomes(long sinceEpochNanos) {
    return questions.locked(
        () ->
            rows.of(OutcomeRow.class)
                .filter(it -> it.row().timeEpochNanos() >= sinceEpochNanos)
                .map(it -> new StoredOutcome(it.row(), rows.service(it.instance()), it.arrival()))
                .sorted(
                    comparingLong((StoredOutcome it) -> it.row().timeEpochNanos())
                        .thenComparingLong(StoredOutcome::arrival))
                .toList());
  }

  List<StoredFeedback> feedback(long sinceEpochNanos) {
    return questions.locked(
        () ->
            rows.of(FeedbackRow.class)
                .filter(it -> it.row().timeEpochNanos() >= sinceEpochNanos)
                .map(it -> new StoredFeedback(it.row(), rows.service(it.instance()), it.arrival()))
                .sorted(
                    comparingLong((StoredFeedback it) -> it.row().timeEpochNanos())
                        .thenComparingLong(StoredFeedback::arrival))
                .toList());
  }

  List<StoredAttempt> remedyAttempts(long sinceEpochNanos, int each, int limit) {
    Map<List<Object>, Integer> counts = new HashMap<>();
    return questions
        .limited(
            limit,
            () ->
                rows.of(RemedyAttemptRow.class)
                    .filter(it -> it.row().timeEpochNanos() >= sinceEpochNanos)
                    .map(
                        it ->
                            new StoredAttempt(
                                it.row(),
                                rows.service(it.instance()),
                                memory.known(it.instance()).description.version(),
                                it.arrival()))
                    .sorted(comparingLong(StoredAttempt::arrival).reversed()))
        .stream()
        .filter(it -> counts.merge(kindOf(it.row()), 1, Integer::sum) <= each)
        .toList();
  }

  List<KnowledgeRow> knowledge() {
    return questions.locked(
        () ->
            rows.of(KnowledgeRow.class)
                .sorted(
                    comparingLong((Arrived<KnowledgeRow> it) -> it.row().timeEpochNanos())
                        .thenComparingLong(Arrived::arrival))
                .map(Arrived::row)
                .toList());
  }

  private static List<Object> kindOf(RemedyAttemptRow row) {
    return List.of(row.remedyId(), row.fingerprint(), row.arm());
  }
}
