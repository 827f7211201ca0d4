package dev.engram.collector.analysis.recall;

import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.store.ExceptionGroup;

/**
 * What is known against an error of a service.
 *
 * @param error as it was seen last
 */
public record KnownSolution(String service, ExceptionGroup error, Solution solution) {}
