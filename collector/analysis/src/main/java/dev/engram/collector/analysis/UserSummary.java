package dev.engram.collector.analysis;

import java.util.Comparator;
import java.util.List;

/**
 * What one user asked for.
 *
 * @param user {@code user.id} as it is stored, which is a pseudonym unless it was wanted in plain
 * @param services in alphabetical order
 * @param routes the routes that were asked for most, most first; at most {@link Users#ROUTES}
 */
public record UserSummary(
    String user, List<String> services, RequestSummary requests, List<String> routes) {
  static final Comparator<UserSummary> MOST_REQUESTS_FIRST =
      Comparator.comparingLong((UserSummary summary) -> summary.requests().count())
          .reversed()
          .thenComparing(UserSummary::user);
}
