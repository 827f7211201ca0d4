package dev.engram.collector.query;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Hands over all that a range holds, oldest arrival first, page by page: no page is kept, and the
 * store is not held while one is written. What arrives meanwhile is handed over, too, if it comes
 * before the last page is asked for.
 */
public final class Export {
  /** A span may have a megabyte and more of payloads. */
  private static final int PAGE = 50;

  private static final long FROM_THE_FIRST = -1;

  /** Most exceptions of one span. */
  private static final int EXCEPTIONS = 100;

  private final StoreReader reader;

  Export(StoreReader reader) {
    this.reader = reader;
  }

  /**
   * Spans that have ended.
   *
   * @param page takes one page, and says whether to go on
   */
  public void spans(Range range, Predicate<List<StoredSpan>> page) {
    pages(
        range,
        place ->
            reader.spans(
                new SpanFilter(
                    range.sinceEpochNanos(),
                    range.untilEpochNanos(),
                    range.service(),
                    null,
                    null,
                    null,
                    0,
                    place.after,
                    place.limit,
                    range.where())),
        StoredSpan::arrival,
        page);
  }

  /**
   * Exceptions.
   *
   * @param page takes one page, and says whether to go on
   */
  public void errors(Range range, Predicate<List<StoredException>> page) {
    pages(
        range,
        place ->
            reader.arrivedExceptions(
                new ExceptionFilter(
                    range.sinceEpochNanos(),
                    range.untilEpochNanos(),
                    range.service(),
                    0,
                    null,
                    place.limit,
                    range.where()),
                place.after),
        StoredException::arrival,
        page);
  }

  /** Those that were seen in this span, earliest first; so many at most. */
  public List<StoredException> exceptionsOf(StoredSpan span) {
    if (span.exceptions() == 0) {
      return List.of();
    }
    ExceptionFilter ofTrace =
        new ExceptionFilter(0, 0, span.service(), 0, span.row().traceId(), EXCEPTIONS);
    return reader.exceptions(ofTrace).stream()
        .filter(exception -> exception.row().spanId() == span.row().spanId())
        .sorted(Comparator.comparingLong(exception -> exception.row().timeEpochNanos()))
        .toList();
  }

  private record Place(long after, int limit) {}

  private static <T> void pages(
      Range range,
      Function<Place, List<T>> question,
      ToLongFunction<T> arrival,
      Predicate<List<T>> page) {
    long after = FROM_THE_FIRST;
    int left = range.limit();
    boolean wanted = true;
    while (wanted && left > 0) {
      int size = Math.min(PAGE, left);
      List<T> found = question.apply(new Place(after, size));
      wanted = !found.isEmpty() && page.test(found) && found.size() == size;
      left -= found.size();
      after = found.isEmpty() ? after : arrival.applyAsLong(found.get(found.size() - 1));
    }
  }
}
