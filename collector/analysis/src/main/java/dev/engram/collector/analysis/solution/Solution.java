package dev.engram.collector.analysis.solution;

import dev.engram.collector.analysis.Proportion;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known against an error.
 *
 * @param id the id users type, such as {@code S-hikari-exhausted} of the catalogue or {@code
 *     S-1f0c9a77b3d2} of a person
 * @param cause what lies behind the error; null where nobody wrote it
 * @param remedy what to do, for a person to read
 * @param link where more of it stands; null where nobody gave one
 * @param author null of the catalogue
 * @param toldEpochNanos when the remedy was written last; 0 of the catalogue
 * @param success how often people said that it worked, among those who said whether
 * @param triedEpochNanos when somebody said so last; 0 where nobody did
 * @param comment the latest that somebody made
 */
public record Solution(
    String id,
    Symptom symptom,
    @Nullable String cause,
    String remedy,
    @Nullable String link,
    @Nullable String author,
    long toldEpochNanos,
    Proportion success,
    long triedEpochNanos,
    @Nullable String comment) {
  /** How sure it must be that a solution works so often, to be ranked by that. */
  private static final double SURE = 0.75;

  /**
   * What most surely works comes first, and what mostly failed after what nobody tried; among
   * equals what was written for the very error, then what people wrote.
   */
  static final Comparator<Solution> BEST_FIRST =
      Comparator.comparingDouble((Solution it) -> it.success().exceeds(SURE))
          .thenComparing(it -> it.symptom().fingerprint() != 0)
          .thenComparing(it -> !it.isOfCatalogue())
          .reversed()
          .thenComparing(Solution::id);

  /** Each of them once, the best first. */
  public static List<Solution> bestOf(List<Solution> some, List<List<Solution>> others) {
    return Stream.concat(some.stream(), others.stream().flatMap(List::stream))
        .distinct()
        .sorted(BEST_FIRST)
        .toList();
  }

  /** Whether it came with this program. */
  public boolean isOfCatalogue() {
    return toldEpochNanos == 0;
  }

  Solution with(Proportion success, long triedEpochNanos, @Nullable String comment) {
    return new Solution(
        id,
        symptom,
        cause,
        remedy,
        link,
        author,
        toldEpochNanos,
        success,
        triedEpochNanos,
        comment);
  }
}
