package dev.engram.collector.store.memory;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.SearchFilter;
import dev.engram.collector.store.SearchHit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Searches by reading everything; what is newer is better. Under the lock of the memory. */
final class TextSearch {
  private static final Comparator<SearchHit> NEWEST_FIRST =
      comparingLong(SearchHit::timeEpochNanos).thenComparingLong(SearchHit::arrival).reversed();

  private TextSearch() {}

  static List<SearchHit> of(SearchFilter filter, StoredRows rows) {
    Stream<SearchHit> exceptions =
        rows.exceptions()
            .filter(exception -> rows.meets(filter.where(), exception))
            .map(SearchHit::of);
    Stream<SearchHit> spans =
        rows.endedAlone().filter(span -> rows.meets(filter.where(), span)).map(SearchHit::of);
    return Stream.concat(exceptions, spans)
        .filter(hit -> Filters.takes(filter, hit))
        .filter(hit -> filter.query().matches(hit.text()))
        .sorted(NEWEST_FIRST)
        .limit(filter.limit() == 0 ? Long.MAX_VALUE : filter.limit())
        .toList();
  }
}
