package dev.engram.collector.analysis.decision;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.EscapedException;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings decisions together with what became of them: what was told wins over what is derived. */
public final class JudgedDecisions {
  /**
   * A trace with more spans than so many is not read for what somebody did before or later: it may
   * not fit into memory.
   */
  public static final int LARGEST_TRACE = 1_000;

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

  /**
   * Is given a decision with what became of it, and the spans of its trace, by start, without
   * executions of SQL.
   */
  public interface Taker {
    void take(JudgedDecision judged, List<StoredSpan> trace);
  }

  /** Those that the filter takes, latest first. */
  public static List<JudgedDecision> find(StoreReader reader, DecisionFilter filter) {
    List<JudgedDecision> judged = new ArrayList<>();
    judge(reader, reader.decisions(filter), (each, trace) -> judged.add(each));
    judged.sort(LATEST_FIRST);
    return judged;
  }

  /** Judges these, trace by trace; of small traces some are read together. */
  public static void judge(StoreReader reader, List<StoredDecision> decisions, Taker taker) {
    if (decisions.isEmpty()) {
      return;
    }
    long first =
        decisions.stream().mapToLong(it -> it.row().timeEpochNanos()).min().orElse(Long.MAX_VALUE);
    ToldThings told = ToldThings.since(first, reader);
    JudgedDecisions judging = new JudgedDecisions(reader, told, Retries.of(reader, decisions));
    Map<TraceId, List<StoredDecision>> byTrace = new LinkedHashMap<>();
    for (StoredDecision decision : decisions) {
      byTrace.computeIfAbsent(decision.row().traceId(), trace -> new ArrayList<>()).add(decision);
    }
    judging.judgeAll(byTrace, taker);
  }

  private void judgeAll(Map<TraceId, List<StoredDecision>> byTrace, Taker taker) {
    List<StoredDecision> outside = byTrace.remove(TraceId.NONE);
    if (outside != null) {
      judge(List.of(), List.of(), outside, taker);
    }
    List<TraceId> left = List.copyOf(byTrace.keySet());
    while (!left.isEmpty()) {
      Map<TraceId, List<StoredSpan>> traces = reader.traces(left, LARGEST_TRACE);
      traces.forEach(retries::know);
      Map<TraceId, List<EscapedException>> escaped = escaped(traces);
      traces.forEach(
          (id, trace) ->
              judge(
                  trace,
                  escaped.getOrDefault(id, List.of()),
                  byTrace.getOrDefault(id, List.of()),
                  taker));
      left = left.subList(traces.size(), left.size());
    }
  }

  private Map<TraceId, List<EscapedException>> escaped(Map<TraceId, List<StoredSpan>> traces) {
    List<TraceId> failed = new ArrayList<>();
    traces.forEach(
        (id, trace) -> {
          if (trace.stream().anyMatch(span -> span.exceptions() > 0)) {
            failed.add(id);
          }
        });
    return failed.isEmpty() ? Map.of() : reader.escaped(failed);
  }

  private void judge(
      List<StoredSpan> trace,
      List<EscapedException> escaped,
      List<StoredDecision> decisions,
      Taker taker) {
    DerivedOutcomes derived = new DerivedOutcomes(trace, escaped, retries);
    decisions.forEach(decision -> taker.take(judge(decision, trace, derived), trace));
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
}
