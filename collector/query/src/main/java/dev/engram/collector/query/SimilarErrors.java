package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.ErrorGroups;
import dev.engram.collector.analysis.similar.SimilarityIndex;
import dev.engram.collector.analysis.solution.Solutions;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Finds the error groups whose latest exception is most like another one. */
final class SimilarErrors {
  private final StoreReader reader;
  private final SolutionQueries solutions;

  SimilarErrors(StoreReader reader, SolutionQueries solutions) {
    this.reader = reader;
    this.solutions = solutions;
  }

  /** All groups, in the order in which they were added; their stacks are let go of again. */
  private static final class Candidates {
    private final SimilarityIndex index = new SimilarityIndex();
    private final List<Long> roots = new ArrayList<>();

    private void add(long root, ThrownStack latest) {
      index.add(latest);
      roots.add(root);
    }
  }

  /**
   * The most similar groups first.
   *
   * @param itself fingerprint of the group that is left out; 0 for none
   */
  List<SimilarError> to(ThrownStack stack, long itself, Range range, long nowEpochNanos) {
    Triages triages = Triages.of(reader.knowledge());
    Candidates candidates = candidates(triages, itself, range);
    Map<Long, Double> scores = new LinkedHashMap<>();
    candidates
        .index
        .nearest(stack, range.limit())
        .forEach(match -> scores.put(candidates.roots.get(match.entry()), match.score()));
    Solutions known = solutions.solutions();
    // Of equally similar ones the more frequent first.
    return ErrorGroups.of(scores.keySet(), reader, filter(range, 0), nowEpochNanos).stream()
        .map(it -> similar(scores.getOrDefault(it.fingerprint(), 0.0), it, range, known))
        .sorted(Comparator.comparingDouble(SimilarError::score).reversed())
        .toList();
  }

  /** Of a group that was merged the latest of all its parts. */
  private Candidates candidates(Triages triages, long itself, Range range) {
    Candidates candidates = new Candidates();
    Set<Long> mergedInto = new HashSet<>(triages.roots());
    Map<Long, StoredException> merged = new LinkedHashMap<>();
    reader.visitLatest(
        filter(range, 0),
        exception -> {
          long root = triages.root(exception.row().fingerprint());
          if (mergedInto.contains(root)) {
            merged.merge(root, exception, BinaryOperator.maxBy(StoredException.EARLIEST_FIRST));
          } else if (root != itself) {
            candidates.add(root, exception.row().stack());
          }
        });
    merged.remove(itself);
    merged.forEach((root, latest) -> candidates.add(root, latest.row().stack()));
    return candidates;
  }

  private SimilarError similar(double score, ErrorGroup group, Range range, Solutions known) {
    return group.fingerprints().stream()
        .flatMap(fingerprint -> reader.exceptions(filter(range, fingerprint)).stream())
        .max(StoredException.EARLIEST_FIRST)
        .map(latest -> known.against(group.fingerprints(), latest.row().stack()))
        .map(against -> new SimilarError(score, group, against))
        .orElseGet(() -> new SimilarError(score, group, List.of()));
  }

  /** The latest exception of those of a fingerprint; 0 for all. */
  private static ExceptionFilter filter(Range range, long fingerprint) {
    return new ExceptionFilter(
        range.sinceEpochNanos(),
        range.untilEpochNanos(),
        range.service(),
        fingerprint,
        null,
        1,
        range.where());
  }
}
