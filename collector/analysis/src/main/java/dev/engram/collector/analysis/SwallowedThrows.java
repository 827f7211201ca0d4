package dev.engram.collector.analysis;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Throwables of one type and site that were constructed and of which nothing else is remembered.
 *
 * @param site {@code class.method(File:line)}; null for those without a stack, or whose stacks were
 *     not sampled
 * @param constructed all of them, those remembered otherwise included
 * @param count an estimate
 * @param low and high, between which it lies with 95% confidence
 * @param perHour over the time in which the service's throwables were counted
 * @param frames of one of the sampled stacks, innermost first; empty when there is none
 */
public record SwallowedThrows(
    String service,
    String type,
    @Nullable String site,
    long constructed,
    long count,
    long low,
    long high,
    double perHour,
    long firstSeenEpochNanos,
    long lastSeenEpochNanos,
    List<String> frames) {
  /** What is thrown in the application first, then by count. */
  static final Comparator<SwallowedThrows> ORDER =
      Comparator.comparing(SwallowedThrows::isInApp)
          .thenComparing(SwallowedThrows::count)
          .reversed()
          .thenComparing(SwallowedThrows::service)
          .thenComparing(SwallowedThrows::type)
          .thenComparing(SwallowedThrows::site, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** Whether the site looks like the application's own code. */
  public boolean isInApp() {
    return site != null && LibraryFrames.isInApp(site);
  }

  SwallowedThrows withFrames(List<String> known) {
    return new SwallowedThrows(
        service,
        type,
        site,
        constructed,
        count,
        low,
        high,
        perHour,
        firstSeenEpochNanos,
        lastSeenEpochNanos,
        known);
  }
}
