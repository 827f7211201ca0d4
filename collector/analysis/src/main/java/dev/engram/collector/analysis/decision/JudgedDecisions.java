package dev.engram.collector.analysis.decision;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings decisions together with what became of them: what was told wins over what is derived. */
public final class JudgedDecisions {
  private static final Comparator<JudgedDecision> LATEST_FIRST =
      Comparator.comparingLong((JudgedDecision it) -> it.decision().row().timeEpochNanos())
          .thenComparingLong(it -> it.decision().arrival())
          .reversed();

  private final StoreReader reader;
  private final ToldThings told;
  private final Retries retries;

  private JudgedDecisions(StoreReader reader, ToldThings told, Retries retries) {
    this.reader = reader;
    this.told = told;
    this.retries = retries;
  }

  /** Those that the filter takes, latest first. */
  public static List<JudgedDecision> find(StoreReader reader, DecisionFilter filter) {
    List<StoredDecision> decisions = reader.decisions(filter);
    long first =
        decisions.stream().mapToLong(it -> it.row().timeEpochNanos()).min().orElse(Long.MAX_VALUE);
    if (decisions.isEmpty()) {
      return List.of();
    }
    ToldThings told = ToldThings.since(first, reader);
    Retries retries = Retries.of(reader, decisions);
    return new JudgedDecisions(reader, told, retries).judge(decisions);
  }

  /** Trace by trace, so that one trace at a time is held. */
  private List<JudgedDecision> judge(List<StoredDecision> decisions) {
    Map<TraceId, List<StoredDecision>> byTrace = new LinkedHashMap<>();
    for (StoredDecision decision : decisions) {
      byTrace.computeIfAbsent(decision.row().traceId(), trace -> new ArrayList<>()).add(decision);
    }
    List<JudgedDecision> judged = new ArrayList<>();
    byTrace.forEach((trace, ofTrace) -> judged.addAll(judge(trace, ofTrace)));
    judged.sort(LATEST_FIRST);
    return judged;
  }

  private List<JudgedDecision> judge(TraceId traceId, List<StoredDecision> decisions) {
    List<StoredSpan> trace = traceId.equals(TraceId.NONE) ? List.of() : reader.trace(traceId);
    DerivedOutcomes derived = new DerivedOutcomes(trace, exceptions(traceId, trace), retries);
    return decisions.stream().map(decision -> judge(decision, trace, derived)).toList();
  }

  private JudgedDecision judge(
      StoredDecision decision, List<StoredSpan> trace, DerivedOutcomes derived) {
    Map<String, String> correlations = Correlations.of(decision.row(), trace, told.keys());
    List<OutcomeRow> outcomes = told.outcomesOf(decision.row(), correlations);
    List<FeedbackRow> feedback = told.feedbackOf(decision.row(), trace, correlations);
    DecisionOutcome outcome =
        outcomes.isEmpty()
            ? derived.of(decision)
            : DecisionOutcome.told(outcomes.get(outcomes.size() - 1));
    return new JudgedDecision(decision, outcome, correlations, outcomes, feedback);
  }

  private List<ExceptionRow> exceptions(TraceId traceId, List<StoredSpan> trace) {
    return trace.stream().noneMatch(span -> span.exceptions() > 0)
        ? List.of()
        : reader.exceptions(new ExceptionFilter(0, 0, null, 0, traceId, 0)).stream()
            .map(StoredException::row)
            .toList();
  }
}
