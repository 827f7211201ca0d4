package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.solution.LastSeenBefore;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import java.util.List;
import java.util.Optional;

/**
 * An error group from close by.
 *
 * @param latest its newest exception
 * @param arguments what the method was given that threw it; empty where that was not kept
 * @param requests the requests its newest exceptions hit, newest first, each once
 * @param solutions what is known against it, the best first
 * @param changes after which it was not seen again
 */
public record ErrorDetail(
    ErrorGroup group,
    StoredException latest,
    Optional<ThrownArguments> arguments,
    List<StoredSpan> requests,
    List<Solution> solutions,
    List<LastSeenBefore> changes)
    implements Shown {}
