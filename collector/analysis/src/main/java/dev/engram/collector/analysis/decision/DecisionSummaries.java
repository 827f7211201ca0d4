package dev.engram.collector.analysis.decision;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.store.FeedbackRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums decisions up by service, name and model. */
public final class DecisionSummaries {
  private record Group(String service, String name, String model) {}

  private DecisionSummaries() {}

  /** Most decisions first, then by service, name and model. */
  public static List<DecisionSummary> of(List<JudgedDecision> decisions) {
    Map<Group, List<JudgedDecision>> groups = new LinkedHashMap<>();
    for (JudgedDecision it : decisions) {
      Group group = new Group(it.decision().service(), it.decision().row().name(), it.model());
      groups.computeIfAbsent(group, absent -> new ArrayList<>()).add(it);
    }
    List<DecisionSummary> summaries = new ArrayList<>();
    groups.forEach((group, ofGroup) -> summaries.add(summary(group, ofGroup)));
    summaries.sort(
        Comparator.comparingLong(DecisionSummary::count)
            .reversed()
            .thenComparing(DecisionSummary::service)
            .thenComparing(DecisionSummary::name)
            .thenComparing(DecisionSummary::model));
    return summaries;
  }

  private static DecisionSummary summary(Group group, List<JudgedDecision> decisions) {
    long unknown = count(decisions, OutcomeLabel.UNKNOWN);
    long told = decisions.stream().filter(it -> it.outcome().isTold()).count();
    long derived =
        decisions.stream().filter(it -> it.outcome().isKnown() && !it.outcome().isTold()).count();
    long successes = count(decisions, OutcomeLabel.SUCCESS);
    return new DecisionSummary(
        group.service(),
        group.name(),
        group.model(),
        decisions.size(),
        told,
        derived,
        unknown,
        count(decisions, OutcomeLabel.PARTIAL),
        new Proportion(successes, successes + count(decisions, OutcomeLabel.FAILURE)),
        Calibration.of(points(decisions)),
        decisions.stream().filter(it -> !it.feedback().isEmpty()).count(),
        meanScore(decisions));
  }

  private static long count(List<JudgedDecision> decisions, OutcomeLabel label) {
    return decisions.stream().filter(it -> it.outcome().label() == label).count();
  }

  private static List<Calibration.Point> points(List<JudgedDecision> decisions) {
    List<Calibration.Point> points = new ArrayList<>();
    for (JudgedDecision it : decisions) {
      double confidence = it.decision().row().confidence();
      OutcomeLabel label = it.outcome().label();
      boolean known = label == OutcomeLabel.SUCCESS || label == OutcomeLabel.FAILURE;
      if (known && confidence >= 0 && confidence <= 1) {
        points.add(new Calibration.Point(confidence, label == OutcomeLabel.SUCCESS));
      }
    }
    return points;
  }

  private static double meanScore(List<JudgedDecision> decisions) {
    return decisions.stream()
        .flatMap(it -> it.feedback().stream())
        .mapToDouble(FeedbackRow::score)
        .filter(score -> !Double.isNaN(score))
        .average()
        .orElse(Double.NaN);
  }
}
