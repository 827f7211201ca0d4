package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.ErrorGroups;
import dev.engram.collector.analysis.similar.SimilarityIndex;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.List;

/** Finds the error groups whose latest exception is most like another one. */
final class SimilarErrors {
  private final StoreReader reader;

  SimilarErrors(StoreReader reader) {
    this.reader = reader;
  }

  /**
   * The most similar groups first.
   *
   * @param itself fingerprint of the group that is left out; 0 for none
   */
  List<SimilarError> to(ThrownStack stack, long itself, Range range, long nowEpochNanos) {
    List<ErrorGroup> groups = new ArrayList<>();
    SimilarityIndex index = new SimilarityIndex();
    for (ErrorGroup group : ErrorGroups.find(reader, filter(range, 0, 0), nowEpochNanos)) {
      if (group.fingerprint() != itself) {
        for (StoredException latest : reader.exceptions(filter(range, group.fingerprint(), 1))) {
          index.add(latest.row().stack());
          groups.add(group);
        }
      }
    }
    return index.nearest(stack, range.limit()).stream()
        .map(match -> new SimilarError(match.score(), groups.get(match.entry())))
        .toList();
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
