package dev.engram.collector.query;

import dev.engram.collector.analysis.decision.DecisionSummaries;
import dev.engram.collector.analysis.decision.DecisionSummary;
import dev.engram.collector.analysis.decision.JudgedDecision;
import dev.engram.collector.analysis.decision.JudgedDecisions;
import dev.engram.collector.analysis.decision.OutcomeLabel;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.StoreReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The questions people ask of decisions; as {@link Queries}. */
public final class DecisionQueries {
  /** Most decisions that one answer looks at, the latest. */
  public static final int LOOKED_AT = 10_000;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{1,16}");

  private final StoreReader reader;

  DecisionQueries(StoreReader reader) {
    this.reader = reader;
  }

  /**
   * Decisions, latest first.
   *
   * @param name of the decision; null for any
   * @param label what became of it; null for anything. Among the latest {@link #LOOKED_AT}
   */
  public List<JudgedDecision> list(
      Range range, @Nullable String name, @Nullable OutcomeLabel label) {
    int limit = label == null ? range.limit() : LOOKED_AT;
    return JudgedDecisions.find(reader, filter(range, name, limit)).stream()
        .filter(it -> label == null || it.outcome().label() == label)
        .limit(range.limit())
        .toList();
  }

  /**
   * The latest {@link #LOOKED_AT} decisions summed up, most first.
   *
   * @param toldOnly whether what was not told counts as unknown
   */
  public List<DecisionSummary> summaries(Range range, @Nullable String name, boolean toldOnly) {
    List<JudgedDecision> decisions =
        JudgedDecisions.find(reader, filter(range, name, LOOKED_AT)).stream()
            .map(it -> toldOnly ? it.asTold() : it)
            .toList();
    return DecisionSummaries.of(decisions).stream().limit(range.limit()).toList();
  }

  /**
   * Ids of decisions that begin so; at most 10.
   *
   * @return empty when there is none, or the text can be no id
   */
  public List<Long> ids(String prefix) {
    String digits = prefix.toLowerCase(Locale.ROOT);
    return ID.matcher(digits).matches() ? reader.decisionIds(digits) : List.of();
  }

  /** The latest decision of this id. */
  public Optional<JudgedDecision> one(long decisionId) {
    return JudgedDecisions.find(reader, new DecisionFilter(0, 0, null, null, decisionId, 1))
        .stream()
        .findFirst();
  }

  private static DecisionFilter filter(Range range, @Nullable String name, int limit) {
    return new DecisionFilter(
        range.sinceEpochNanos(),
        range.untilEpochNanos(),
        range.service(),
        name,
        0,
        limit,
        range.where());
  }
}
