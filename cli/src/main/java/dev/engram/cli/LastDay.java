package dev.engram.cli;

import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What a listing is of where no time was asked for, so that the answer does not take the longer the
 * more is remembered. It is said with the table.
 */
final class LastDay {
  static final String FOOTER =
      "Without --since or --until only the last day counts, with --json too.";

  private LastDay() {}

  /** Answers of the range, or of what it has of the last day. */
  static <T> int answer(
      Listing<T> listing,
      Invocation invocation,
      ListingOptions options,
      Range range,
      Function<Range, Function<Queries, List<T>>> question) {
    List<String> given = options.rangeOptions().narrowing();
    if (given.contains("--since") || given.contains("--until")) {
      return listing.answer(invocation, options, range, question.apply(range));
    }
    Range day = range.since(invocation.nowEpochNanos() - Duration.ofDays(1).toNanos());
    return said(listing, invocation).answer(invocation, options, day, question.apply(day));
  }

  private static <T> Listing<T> said(Listing<T> listing, Invocation invocation) {
    String what = listing.what() + " of the last day";
    return new Listing<>(
        what,
        listing.json(),
        (found, terminal) -> {
          listing.table().accept(found, terminal);
          invocation.say("these are the " + what + "; others with --since, such as 7d");
        });
  }
}
