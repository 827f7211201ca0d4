package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.solution.LastSeenBefore;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.store.StoredException;
import java.util.List;
import java.util.Optional;

/**
 * An error group from close by.
 *
 * @param firstVersion of the service when it was first seen; empty where that has no name, or is
 *     not remembered any more
 * @param lastVersion of the service that its newest exception is of; empty where it has no name
 * @param latest its newest exception
 * @param arguments what the method was given that threw it; empty where that was not kept
 * @param requests that its newest exceptions hit
 * @param alike up to three groups most like it, the most similar first; none where there are too
 *     many to compare them all beside this
 * @param solutions what is known against it, the best first
 * @param latestVersion of its services; empty where none has a name
 * @param changes after which it was not seen again
 * @param remedies that were or could be applied to it, to an answer of another service that its
 *     requests were given, or to whatever fails there; that of the latest attempt first
 */
public record ErrorDetail(
    ErrorGroup group,
    String firstVersion,
    String lastVersion,
    StoredException latest,
    Optional<ThrownArguments> arguments,
    HitRequests requests,
    List<SimilarError> alike,
    List<Solution> solutions,
    Optional<LatestVersion> latestVersion,
    List<LastSeenBefore> changes,
    List<JudgedRemedy> remedies)
    implements Shown {}
