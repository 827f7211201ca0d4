package dev.engram.collector.query;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        range.limit(),
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
        range.limit(),
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

  /** The bodies, prompts and answers of a span, whole. */
  public List<PayloadExcerpt> payloadsOf(StoredSpan span) {
    return new PayloadExcerpts(reader, Integer.MAX_VALUE).of(span);
  }

  /**
   * Finds all exceptions that were seen in these spans.
   *
   * @param spans one page
   * @return those of a span of the page, earliest first
   */
  public Function<StoredSpan, List<StoredException>> exceptionsOf(List<StoredSpan> spans) {
    Map<Seen, List<StoredException>> bySpan = new HashMap<>();
    Set<TraceId> traces = new LinkedHashSet<>();
    for (StoredSpan span : spans) {
      if (span.exceptions() > 0) {
        bySpan.put(Seen.in(span), new ArrayList<>());
        traces.add(span.row().traceId());
      }
    }
    for (TraceId trace : traces) {
      exceptionsOf(trace, bySpan);
    }
    bySpan.values().forEach(ofSpan -> ofSpan.sort(StoredException.EARLIEST_FIRST));
    return span -> bySpan.getOrDefault(Seen.in(span), List.of());
  }

  private void exceptionsOf(TraceId trace, Map<Seen, List<StoredException>> bySpan) {
    pages(
        Integer.MAX_VALUE,
        place ->
            reader.arrivedExceptions(
                new ExceptionFilter(0, 0, null, 0, trace, place.limit), place.after),
        StoredException::arrival,
        page -> {
          for (StoredException exception : page) {
            List<StoredException> ofSpan = bySpan.get(Seen.of(exception));
            if (ofSpan != null) {
              ofSpan.add(exception);
            }
          }
          return true;
        });
  }

  /** Where an exception was seen. */
  private record Seen(String service, TraceId traceId, long spanId) {
    static Seen in(StoredSpan span) {
      return new Seen(span.service(), span.row().traceId(), span.row().spanId());
    }

    static Seen of(StoredException exception) {
      return new Seen(exception.service(), exception.row().traceId(), exception.row().spanId());
    }
  }

  private record Place(long after, int limit) {}

  private static <T> void pages(
      int limit,
      Function<Place, List<T>> question,
      ToLongFunction<T> arrival,
      Predicate<List<T>> page) {
    long after = FROM_THE_FIRST;
    int left = limit;
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
