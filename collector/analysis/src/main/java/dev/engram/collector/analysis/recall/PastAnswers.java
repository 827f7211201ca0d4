package dev.engram.collector.analysis.recall;

import dev.engram.collector.analysis.decision.JudgedDecisions;
import dev.engram.collector.analysis.remedy.RemedyTransitions;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The latest answers of each decision and node. */
public final class PastAnswers {
  /** Decisions, and as many nodes, that are looked at: the latest. */
  static final int LOOKED_AT = 1_000;

  /** Answers of one decision or node of a service. */
  static final int MOST_OF_ONE = 32;

  /** Of those, how many are judged: some are the same. */
  private static final int JUDGED_OF_ONE = 4 * MOST_OF_ONE;

  /** Nodes that are held at once with all they were given. */
  private static final int AT_A_TIME = 50;

  /** What is decided on remedies is for people; no service recalls it. */
  private static final Condition NO_REMEDY =
      new Condition.Not(Condition.equal("name", RemedyTransitions.NAME));

  private static final String WORKFLOW = "gen_ai.workflow.name";

  private final StoreReader reader;
  private final long sinceEpochNanos;
  private final Map<TraceId, Boolean> tooLarge = new HashMap<>();
  private final List<PastAnswer> judged = new ArrayList<>();

  private PastAnswers(StoreReader reader, long sinceEpochNanos) {
    this.reader = reader;
    this.sinceEpochNanos = sinceEpochNanos;
  }

  /**
   * Of all services, latest first. What was answered alike to the same input, as its hash tells,
   * and turned out alike, is there once: the last time.
   *
   * @param sinceEpochNanos earlier ones are left out
   */
  public static List<PastAnswer> latest(StoreReader reader, long sinceEpochNanos) {
    PastAnswers past = new PastAnswers(reader, sinceEpochNanos);
    past.judgeDecisions();
    past.judgeNodes();
    past.judged.sort(PastAnswer.LATEST_FIRST);
    return past.different();
  }

  private void judgeDecisions() {
    Map<List<String>, Integer> taken = new HashMap<>();
    List<StoredDecision> wanted = new ArrayList<>();
    DecisionFilter latest =
        new DecisionFilter(sinceEpochNanos, 0, null, null, 0, LOOKED_AT, NO_REMEDY);
    for (StoredDecision it : reader.decisions(latest)) {
      List<String> one = List.of(it.service(), it.row().name());
      if (isReadable(it.row().traceId()) && isOneOf(JUDGED_OF_ONE, taken, one)) {
        wanted.add(it);
      }
    }
    JudgedDecisions.judge(
        reader,
        wanted,
        (each, trace) -> judged.add(new PastAnswer("", Inputs.of(each.decision(), trace), each)));
  }

  /** A node is judged as a decision for what it gave. */
  private void judgeNodes() {
    Map<List<String>, Integer> taken = new HashMap<>();
    List<StoredDecision> wanted = new ArrayList<>();
    Set<List<Object>> known = new HashSet<>();
    long until = 0;
    for (int seen = 0; seen < LOOKED_AT; seen += AT_A_TIME) {
      SpanFilter latest =
          new SpanFilter(sinceEpochNanos, until, null, null, "node", null, 0, 0, AT_A_TIME);
      List<StoredSpan> nodes = reader.spans(latest);
      List<StoredSpan> more =
          nodes.stream()
              .filter(it -> known.add(List.of(it.row().instance(), it.row().position())))
              .toList();
      for (StoredSpan it : more) {
        String workflow = workflow(it.row().attributes());
        List<String> one = List.of(it.service(), workflow, it.row().name());
        boolean readable = !workflow.isEmpty() && isReadable(it.row().traceId());
        if (readable && isOneOf(JUDGED_OF_ONE, taken, one)) {
          wanted.add(standIn(it));
        }
      }
      if (nodes.size() < AT_A_TIME) {
        break;
      }
      // Others may have started at the same time as the last; not so many that there is none new.
      until = nodes.get(nodes.size() - 1).row().startEpochNanos() + (more.isEmpty() ? 0 : 1);
    }
    JudgedDecisions.judge(
        reader,
        wanted,
        (each, trace) ->
            judged.add(
                new PastAnswer(
                    workflow(each.decision().row().attributes()),
                    Inputs.of(each.decision(), trace),
                    each)));
  }

  private static StoredDecision standIn(StoredSpan node) {
    SpanRow row = node.row();
    DecisionRow decision =
        new DecisionRow(
            row.position(),
            row.startEpochNanos(),
            row.spanId(),
            row.traceId(),
            row.spanId(),
            row.name(),
            List.of(),
            Inputs.text(row, Inputs.OUTPUT),
            Double.NaN,
            "",
            List.of(),
            row.attributes());
    return new StoredDecision(row.instance(), decision, node.service(), node.arrival());
  }

  private List<PastAnswer> different() {
    Map<List<String>, Integer> taken = new HashMap<>();
    Set<List<String>> same = new HashSet<>();
    List<PastAnswer> different = new ArrayList<>();
    for (PastAnswer it : judged) {
      List<String> one =
          List.of(it.decision().service(), it.workflow(), it.decision().row().name());
      List<String> all = new ArrayList<>(one);
      all.addAll(List.of(it.inputHash(), it.answer(), it.judged().outcome().label().text()));
      boolean isNew = it.inputHash().isEmpty() || same.add(all);
      if (isNew && isOneOf(MOST_OF_ONE, taken, one)) {
        different.add(it);
      }
    }
    return different;
  }

  /** What was answered in a trace that is too large is left out. */
  private boolean isReadable(TraceId traceId) {
    return traceId.equals(TraceId.NONE)
        || !tooLarge.computeIfAbsent(
            traceId, id -> reader.hasMoreSpans(id, JudgedDecisions.LARGEST_TRACE));
  }

  private static boolean isOneOf(int most, Map<List<String>, Integer> taken, List<String> one) {
    return taken.merge(one, 1, Integer::sum) <= most;
  }

  private static String workflow(Map<String, Object> attributes) {
    return attributes.get(WORKFLOW) instanceof String name ? name : "";
  }
}
