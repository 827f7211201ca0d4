package dev.engram.collector.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to search for, and where. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive begin of the time of exceptions, of the start of spans
 * @param untilEpochNanos exclusive
 * @param limit most hits to return; 0 for no limit
 * @param where what else the exceptions and spans must meet
 */
public record SearchFilter(
    SearchQuery query,
    Set<SearchIn> in,
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    int limit,
    Condition where) {

  /** Whether what is found there is asked for. */
  public boolean takes(SearchIn place) {
    return in.contains(place) || (place == SearchIn.LOGS && in.contains(SearchIn.ERRORS));
  }
}
