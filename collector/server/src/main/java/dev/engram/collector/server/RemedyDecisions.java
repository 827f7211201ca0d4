package dev.engram.collector.server;

import dev.engram.collector.analysis.decision.OutcomeLabel;
import dev.engram.collector.analysis.remedy.Approvals;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyJudge;
import dev.engram.collector.analysis.remedy.RemedyState;
import dev.engram.collector.analysis.remedy.RemedyTransitions;
import dev.engram.collector.analysis.remedy.RemedyWords;
import dev.engram.collector.intake.ToldRecords;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.StoreReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers each transition of a remedy as a decision, with its evidence. Which were remembered is
 * read from the store before one is told, so that none is told again after a restart, or by each
 * host that writes to the same store. For one thread.
 */
final class RemedyDecisions {
  static final String ACTION = "engram.remedy.action";
  static final String FROM = "engram.remedy.from";

  /** What becomes of a remedy that nothing is known of any more. */
  static final String EXPIRED = "expired";

  private static final String OBSERVED = RemedyState.OBSERVED.label();
  private static final String TRIAL = RemedyState.TRIAL.label();
  private static final String WITHDRAWN = RemedyState.WITHDRAWN.label();

  private static final List<String> PASSED =
      List.of("On trial: it was tried and judged between two looks at the attempts");

  private static final List<String> OPTIONS = options();

  private static final List<String> APPLIED = List.of(TRIAL, RemedyState.ACTIVE.label());

  /** What a state says of one of these before it; that a version is another says nothing. */
  private static final Map<String, OutcomeLabel> OUTCOMES =
      Map.of(
          RemedyState.ACTIVE.label(),
          OutcomeLabel.SUCCESS,
          WITHDRAWN,
          OutcomeLabel.FAILURE,
          EXPIRED,
          OutcomeLabel.PARTIAL);

  private final Path home;
  private final StoreReader reader;

  /** The state of each by its label; those that are observed are left out. Null until read. */
  private @Nullable Map<String, String> known;

  /** The decisions that these are read from. */
  private Map<String, DecisionRow> stored = Map.of();

  /** What was told last of each by its label, while the store does not have it yet. */
  private final Map<String, String> underWay = new HashMap<>();

  RemedyDecisions(Path home, StoreReader reader) {
    this.home = home;
    this.reader = reader;
  }

  /**
   * What has changed is left for the collector to be stored.
   *
   * @throws IOException when it cannot be; it is tried again with the next call
   */
  void remember(List<JudgedRemedy> judged, long nowEpochNanos) throws IOException {
    Map<String, String> last = known();
    if (!differing(judged, last).isEmpty() || !gone(judged, last).isEmpty()) {
      known = null;
    }
    Map<String, String> before = known();
    for (JudgedRemedy remedy : differing(judged, before)) {
      String to = remedy.state().label();
      String from = before.getOrDefault(remedy.label(), OBSERVED);
      Map<String, Object> about =
          Map.of(ACTION, remedy.action(), RemedyTransitions.VERSIONS, remedy.versions());
      if (passedTheTrial(from, remedy.state())) {
        // A nanosecond earlier, so that the order is known.
        tell(nowEpochNanos - 1, remedy.label(), about, from, TRIAL, PASSED);
        from = TRIAL;
      }
      tell(nowEpochNanos, remedy.label(), about, from, to, RemedyWords.of(remedy));
      before.put(remedy.label(), to);
    }
    for (String label : gone(judged, before)) {
      List<String> why = List.of("Expired: there was no attempt for a week");
      tell(nowEpochNanos, label, Map.of(), String.valueOf(before.get(label)), EXPIRED, why);
      before.remove(label);
    }
  }

  /** Nothing becomes active, or is withdrawn at first, that was not tried. */
  private static boolean passedTheTrial(String from, RemedyState to) {
    return switch (to) {
      case ACTIVE -> !from.equals(TRIAL);
      case WITHDRAWN -> from.equals(OBSERVED);
      case OBSERVED, TRIAL -> false;
    };
  }

  private static List<JudgedRemedy> differing(
      List<JudgedRemedy> judged, Map<String, String> known) {
    return judged.stream()
        .filter(it -> !known.getOrDefault(it.label(), OBSERVED).equals(it.state().label()))
        .toList();
  }

  private static List<String> gone(List<JudgedRemedy> judged, Map<String, String> known) {
    Set<String> labels = judged.stream().map(JudgedRemedy::label).collect(Collectors.toSet());
    return known.keySet().stream().filter(label -> !labels.contains(label)).toList();
  }

  private Map<String, String> known() {
    Map<String, String> states = known;
    if (states == null) {
      stored = RemedyTransitions.latest(reader);
      states = new HashMap<>();
      for (Map.Entry<String, DecisionRow> each : stored.entrySet()) {
        states.put(each.getKey(), each.getValue().chosen());
      }
      underWay.entrySet().removeAll(states.entrySet());
      states.putAll(underWay);
      states.values().removeAll(List.of(EXPIRED, OBSERVED));
      known = states;
    }
    return states;
  }

  private void tell(
      long nowEpochNanos,
      String label,
      Map<String, Object> about,
      String from,
      String to,
      List<String> why)
      throws IOException {
    Map<String, Object> attributes = new HashMap<>(about);
    attributes.put(RemedyTransitions.ID, label);
    attributes.put(FROM, from);
    if (to.equals(WITHDRAWN) && Approvals.of(label, reader.knowledge()).count(nowEpochNanos)) {
      Map<String, String> usedUp = Map.of(RemedyJudge.WITHDRAWN, "");
      ToldRecords.knowledge(home, nowEpochNanos, KnowledgeRow.REMEDY, label, usedUp, null);
    }
    outcome(nowEpochNanos, label, from, to);
    ToldRecords.decision(home, nowEpochNanos, RemedyTransitions.NAME, OPTIONS, to, why, attributes);
    underWay.put(label, to);
  }

  /** What became of the decision before: a trial that was worth it, a remedy that did not last. */
  private void outcome(long nowEpochNanos, String label, String from, String to)
      throws IOException {
    DecisionRow before = stored.get(label);
    OutcomeLabel became = APPLIED.contains(from) ? OUTCOMES.get(to) : null;
    if (before != null && before.chosen().equals(from) && became != null) {
      ToldRecords.outcome(
          home,
          nowEpochNanos,
          "",
          SpanIds.hex(before.decisionId()),
          became.text(),
          Double.NaN,
          null,
          null);
    }
  }

  private static List<String> options() {
    List<String> options =
        new ArrayList<>(Arrays.stream(RemedyState.values()).map(RemedyState::label).toList());
    options.add(EXPIRED);
    return List.copyOf(options);
  }
}
