package dev.engram.collector.query;

import dev.engram.collector.analysis.RouteSummary;
import dev.engram.collector.analysis.Routes;
import dev.engram.collector.analysis.UserSummary;
import dev.engram.collector.analysis.Users;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredSpan;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people ask of requests. Of one reader; thread-safe as that. */
final class RequestQueries {
  private final StoreReader reader;

  RequestQueries(StoreReader reader) {
    this.reader = reader;
  }

  /** As {@link Queries#requests}. */
  List<StoredSpan> list(Range range, @Nullable String status, long minDurationNanos) {
    SpanFilter inProgress = filter(range, null, 0, 0);
    if (Queries.IN_PROGRESS.equals(status)) {
      return reader.inProgress(inProgress);
    }
    List<StoredSpan> ended = reader.spans(filter(range, status, minDurationNanos, 0));
    if (status != null || minDurationNanos > 0) {
      return ended;
    }
    return Stream.concat(ended.stream(), reader.inProgress(inProgress).stream())
        .sorted(Comparator.comparingLong(Queries::start).reversed())
        .limit(range.limit())
        .toList();
  }

  /** Those that have ended, newest first; behind a cursor in the order of their arrival. */
  List<StoredSpan> ended(Range range, @Nullable String status, long afterArrival) {
    return reader.spans(filter(range, status, 0, afterArrival));
  }

  List<RouteSummary> routes(Range range) {
    return Routes.find(reader, all(range));
  }

  List<ServiceSummary> services(AccountingReport books, Range range) {
    return Services.find(books, reader, all(range)).stream().limit(range.limit()).toList();
  }

  List<UserSummary> users(Range range) {
    return Users.find(reader, all(range)).stream().limit(range.limit()).toList();
  }

  /** Every one that has ended in this range, however many. */
  private static SpanFilter all(Range range) {
    return filter(range, null, 0, 0).limit(0);
  }

  private static SpanFilter filter(
      Range range, @Nullable String status, long minDurationNanos, long afterArrival) {
    return new SpanFilter(
        range.sinceEpochNanos(),
        range.untilEpochNanos(),
        range.service(),
        Queries.SERVER,
        null,
        status,
        minDurationNanos,
        afterArrival,
        range.limit(),
        range.where());
  }
}
