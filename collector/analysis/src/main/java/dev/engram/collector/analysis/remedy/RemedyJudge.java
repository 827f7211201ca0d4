package dev.engram.collector.analysis.remedy;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.RemedyAttemptRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredAttempt;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges remedies by their attempts and by what was said of them. Nothing is kept between two
 * judgements: what a remedy is follows from what is remembered.
 */
public final class RemedyJudge {
  /** What a person says of a remedy that may be tried. */
  public static final String APPROVE = "approve";

  /** What the collector says of one that does not help any more: what people said is used up. */
  public static final String WITHDRAWN = "withdrawn";

  /** Evidence wilts: a remedy without an attempt for so long has expired. */
  public static final long WILTS_NANOS = TimeUnit.DAYS.toNanos(7);

  /**
   * Most attempts of one remedy that are looked at, the latest: as many that were treated, left
   * alone to be compared with, and so on. So no remedy pushes out what is known of another, nor
   * those that fail in an outage what was treated before.
   */
  public static final int LOOKED_AT = 1_000;

  /** Most attempts of all remedies, so that a look is over soon. */
  static final int LOOKED_THROUGH = 50_000;

  private RemedyJudge() {}

  /** The remedies of which anything is known, that of the latest attempt first. */
  public static List<JudgedRemedy> find(StoreReader reader, long nowEpochNanos) {
    return judge(
        reader.remedyAttempts(nowEpochNanos - WILTS_NANOS, LOOKED_AT, LOOKED_THROUGH),
        reader.knowledge(),
        RemedyTransitions.latest(reader),
        nowEpochNanos);
  }

  /** The labels of those that were met in at least half of these requests. */
  public static Set<String> met(StoreReader reader, Set<TraceId> requests, long nowEpochNanos) {
    Map<String, Set<TraceId>> byRemedy = new HashMap<>();
    for (StoredAttempt attempt :
        reader.remedyAttempts(nowEpochNanos - WILTS_NANOS, LOOKED_AT, LOOKED_THROUGH)) {
      if (requests.contains(attempt.row().traceId())) {
        byRemedy
            .computeIfAbsent(label(attempt), absent -> new HashSet<>())
            .add(attempt.row().traceId());
      }
    }
    return byRemedy.entrySet().stream()
        .filter(each -> 2 * each.getValue().size() >= requests.size())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Those of these attempts. Of each service only the attempts of its latest version count, the one
   * whose first attempt is latest: another one fails in other ways, also where both run at once.
   *
   * @param attempts in any order
   * @param transitions the latest of each by its label
   */
  static List<JudgedRemedy> judge(
      List<StoredAttempt> attempts,
      List<KnowledgeRow> said,
      Map<String, DecisionRow> transitions,
      long nowEpochNanos) {
    List<StoredAttempt> inOrder =
        attempts.stream()
            .sorted(
                comparingLong((StoredAttempt it) -> it.row().timeEpochNanos())
                    .thenComparingLong(StoredAttempt::arrival))
            .toList();
    Map<String, String> latest = new HashMap<>();
    Set<List<String>> met = new HashSet<>();
    for (StoredAttempt attempt : inOrder) {
      if (met.add(List.of(attempt.service(), attempt.version()))) {
        latest.put(attempt.service(), attempt.version());
      }
    }
    Map<String, List<StoredAttempt>> byRemedy = new LinkedHashMap<>();
    for (StoredAttempt attempt : inOrder) {
      if (attempt.version().equals(latest.get(attempt.service()))) {
        byRemedy.computeIfAbsent(label(attempt), absent -> new ArrayList<>()).add(attempt);
      }
    }
    return byRemedy.entrySet().stream()
        .map(
            each ->
                judged(
                    each.getKey(),
                    each.getValue(),
                    said,
                    transitions.get(each.getKey()),
                    nowEpochNanos))
        .sorted(comparing(JudgedRemedy::last).reversed().thenComparing(JudgedRemedy::label))
        .toList();
  }

  private static JudgedRemedy judged(
      String label,
      List<StoredAttempt> attempts,
      List<KnowledgeRow> said,
      @Nullable DecisionRow transition,
      long now) {
    RemedyAttemptRow last = attempts.get(attempts.size() - 1).row();
    String versions = versions(attempts);
    List<Episode> episodes = episodes(attempts);
    Course course =
        new Course(
            RemedyKind.of(last.remedyId()),
            Approvals.of(label, said),
            activeAt(transition, versions, episodes));
    episodes.forEach(course::take);
    course.pass(now);
    return new JudgedRemedy(
        label,
        last.remedyId(),
        last.fingerprint(),
        attempts.stream().map(StoredAttempt::service).distinct().sorted().toList(),
        versions,
        course.state(),
        since(course, transition),
        last.timeEpochNanos(),
        course.isUnclear(),
        course.isApproved(),
        course.evidence());
  }

  private static String versions(List<StoredAttempt> attempts) {
    return attempts.stream()
        .map(it -> it.service() + " " + it.version())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /**
   * The attempts that have shown it may be looked at no more. Those that still are begin somewhere,
   * and would show it or not as chance has it; but one at least must have been helped.
   */
  private static long activeAt(
      @Nullable DecisionRow transition, String versions, List<Episode> episodes) {
    return transition != null
            && transition.chosen().equals(RemedyState.ACTIVE.label())
            && versions.equals(transition.attributes().get(RemedyTransitions.VERSIONS))
            && episodes.stream().anyMatch(Episode::tellsThatItHelps)
        ? transition.timeEpochNanos()
        : Long.MAX_VALUE;
  }

  /** When its state was remembered; the attempts that tell of it may have been forgotten since. */
  private static long since(Course course, @Nullable DecisionRow transition) {
    if (transition == null || course.state() == RemedyState.OBSERVED) {
      return course.since();
    }
    boolean isOfThisState = transition.chosen().equals(course.state().label());
    return isOfThisState ? transition.timeEpochNanos() : course.since();
  }

  /** In the order of their first attempts; what belongs to no request is an episode of its own. */
  private static List<Episode> episodes(List<StoredAttempt> attempts) {
    Map<Object, List<RemedyAttemptRow>> byRequest = new LinkedHashMap<>();
    for (StoredAttempt attempt : attempts) {
      TraceId trace = attempt.row().traceId();
      Object request = trace.equals(TraceId.NONE) ? (Object) attempt.arrival() : trace;
      byRequest.computeIfAbsent(request, absent -> new ArrayList<>()).add(attempt.row());
    }
    return byRequest.values().stream().map(Episode::new).toList();
  }

  private static String label(StoredAttempt attempt) {
    return RemedyLabel.of(attempt.row().remedyId(), attempt.row().fingerprint());
  }
}
