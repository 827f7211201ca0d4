package dev.engram.collector.query;

import dev.engram.collector.analysis.compare.Change;
import dev.engram.collector.store.Loss;
import java.util.List;

/**
 * How one part of the memory differs from an earlier one.
 *
 * @param compared how many routes and statements had executions enough in both
 * @param losses what either may lack
 */
public record Comparison(
    Part before, Part after, int compared, List<Change> changes, List<Loss> losses) {
  public Comparison {
    changes = List.copyOf(changes);
    losses = List.copyOf(losses);
  }

  /**
   * One of the two.
   *
   * @param name as people call it, such as {@code version 1.4}
   */
  public record Part(String name, Range range, long requests) {}
}
