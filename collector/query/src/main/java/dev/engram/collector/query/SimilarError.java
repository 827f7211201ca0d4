package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.solution.Solution;
import java.util.List;

/**
 * An error group that is like what was asked about.
 *
 * @param score from 0 to 1, which is the same
 * @param solutions what is known against it, the best first
 */
public record SimilarError(double score, ErrorGroup group, List<Solution> solutions) {}
