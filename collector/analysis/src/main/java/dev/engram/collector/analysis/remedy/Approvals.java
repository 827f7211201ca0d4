package dev.engram.collector.analysis.remedy;

import dev.engram.collector.store.KnowledgeRow;
import java.util.List;

/**
 * When people said that a remedy may be tried, and when it was withdrawn, as it was remembered at
 * those times. Both outlast the attempts, so that neither their age nor a deploy has an approval
 * count that was used up, or one forgotten that was not.
 *
 * @param given in any order
 * @param withdrawn in any order
 */
public record Approvals(List<Long> given, List<Long> withdrawn) {
  static final Approvals NONE = new Approvals(List.of(), List.of());

  /** Of one remedy, by its label. */
  public static Approvals of(String label, List<KnowledgeRow> said) {
    return new Approvals(
        times(RemedyJudge.APPROVE, label, said), times(RemedyJudge.WITHDRAWN, label, said));
  }

  private static List<Long> times(String property, String label, List<KnowledgeRow> said) {
    return said.stream()
        .filter(row -> row.subject().equals(KnowledgeRow.REMEDY) && row.subjectId().equals(label))
        .filter(row -> row.property().equals(property))
        .map(KnowledgeRow::timeEpochNanos)
        .toList();
  }

  /** Whether one is given that no withdrawal has used up. */
  public boolean count(long nowEpochNanos) {
    return count(nowEpochNanos, Long.MIN_VALUE);
  }

  /** The same, by this withdrawal neither. */
  boolean count(long nowEpochNanos, long withdrawnAt) {
    long last =
        withdrawn.stream().filter(time -> time <= nowEpochNanos).reduce(withdrawnAt, Math::max);
    return given.stream().anyMatch(time -> time > last && time <= nowEpochNanos);
  }
}
