package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.ErrorGroups;
import dev.engram.collector.analysis.similar.SimilarityIndex;
import dev.engram.collector.analysis.solution.Solutions;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the error groups whose latest exception is most like another one. */
final class SimilarErrors {
  private final StoreReader reader;
  private final SolutionQueries solutions;

  SimilarErrors(StoreReader reader, SolutionQueries solutions) {
    this.reader = reader;
    this.solutions = solutions;
  }

  private record Candidate(ErrorGroup group, ThrownStack latest) {}

  /**
   * The most similar groups first.
   *
   * @param itself fingerprint of the group that is left out; 0 for none
   */
  List<SimilarError> to(ThrownStack stack, long itself, Range range, long nowEpochNanos) {
    List<Candidate> candidates = new ArrayList<>();
    SimilarityIndex index = new SimilarityIndex();
    for (ErrorGroup group : ErrorGroups.find(reader, filter(range, 0, 0), nowEpochNanos)) {
      if (group.fingerprint() != itself) {
        latest(group, range).ifPresent(candidates::add);
      }
    }
    candidates.forEach(candidate -> index.add(candidate.latest()));
    Solutions known = solutions.solutions();
    return index.nearest(stack, range.limit()).stream()
        .map(match -> similar(match.score(), candidates.get(match.entry()), known))
        .toList();
  }

  private static SimilarError similar(double score, Candidate candidate, Solutions known) {
    ErrorGroup group = candidate.group();
    return new SimilarError(score, group, known.against(group.fingerprints(), candidate.latest()));
  }

  private Optional<Candidate> latest(ErrorGroup group, Range range) {
    return group.fingerprints().stream()
        .flatMap(fingerprint -> reader.exceptions(filter(range, fingerprint, 1)).stream())
        .max(StoredException.EARLIEST_FIRST)
        .map(latest -> new Candidate(group, latest.row().stack()));
  }

  private static ExceptionFilter filter(Range range, long fingerprint, int limit) {
    return new ExceptionFilter(
        range.sinceEpochNanos(),
        range.untilEpochNanos(),
        range.service(),
        fingerprint,
        null,
        limit,
        range.where());
  }
}
