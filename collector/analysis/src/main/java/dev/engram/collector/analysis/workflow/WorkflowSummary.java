package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Proportion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of a workflow went.
 *
 * @param name empty where the runs say none
 * @param runs all of them
 * @param succeeded of those of which it is known how they went
 * @param undecided that go on, were cut off, or of which no leg is remembered
 * @param p50Nanos of a run, nearest rank; -1 when none has ended
 * @param costUsd of the calls of models in them that have a price; null when none has
 * @param calls of models in them
 * @param unpriced calls of models in them without a cost
 * @param nodes that with the most time of its own first
 * @param edges which node followed which, most frequent first
 * @param variants by how often they were run
 * @param recommendation null when nothing is sure enough
 */
public record WorkflowSummary(
    String name,
    String service,
    long runs,
    Proportion succeeded,
    long undecided,
    long p50Nanos,
    long p95Nanos,
    @Nullable Double costUsd,
    long calls,
    long unpriced,
    List<Node> nodes,
    List<Edge> edges,
    List<Variant> variants,
    @Nullable Recommendation recommendation) {
  /** Where runs begin, in {@link Edge#from()}. */
  public static final String START = "(start)";

  /** Where they end, in {@link Edge#to()}. */
  public static final String END = "(end)";

  /**
   * How one node did.
   *
   * @param failed of its visits
   * @param failedRuns in how many of the failed runs it failed
   * @param ownNanos of all its visits, without what nodes within it took
   * @param ownShare of the time of all nodes
   * @param costUsd of the calls of models in it that have a price; null when none has
   * @param costShare of the cost of all runs; 0 when there is none
   */
  public record Node(
      String name,
      long visits,
      Proportion failed,
      Proportion failedRuns,
      long p50Nanos,
      long p95Nanos,
      long maxNanos,
      long ownNanos,
      double ownShare,
      @Nullable Double costUsd,
      double costShare) {}

  /** How often one node followed another directly. */
  public record Edge(String from, String to, long count) {}

  /**
   * Runs that took one way.
   *
   * @param nodes their names, loops collapsed
   * @param costPerRun mean of the runs that have a cost; null when none has
   * @param best the probability that no other way succeeds more often, inputs not told apart; NaN
   *     when there is nothing to compare
   * @param expectedLoss by how much the best way's success rate is expected to be higher; likewise
   */
  public record Variant(
      List<String> nodes,
      long runs,
      Proportion succeeded,
      long p50Nanos,
      long p95Nanos,
      @Nullable Double costPerRun,
      double best,
      double expectedLoss) {}

  /**
   * A way that is associated with more success than the others. Runs were not assigned to ways by
   * chance, so this is no proof of a cause.
   *
   * @param best the probability, like inputs compared with like
   * @param runs with inputs that came to each of the ways compared
   * @param inputs how many different ones those were; 0 when the runs do not say
   * @param compared how many ways
   */
  public record Recommendation(
      List<String> nodes, double best, long runs, int inputs, int compared) {}

  /** The node with the most time of its own; null when there is none. */
  public @Nullable Node bottleneck() {
    return nodes.isEmpty() ? null : nodes.get(0);
  }
}
