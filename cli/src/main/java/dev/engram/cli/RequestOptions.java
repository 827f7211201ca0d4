package dev.engram.cli;

import dev.engram.collector.query.Range;
import dev.engram.collector.query.WhereNumber;
import dev.engram.collector.server.Home;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Condition.Comparison;
import dev.engram.collector.store.Condition.OfRequest;
import dev.engram.collector.store.Condition.Some;
import dev.engram.collector.store.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What listings take whose entries are requests, or belong to one. */
final class RequestOptions {
  @Option(
      names = "--route",
      paramLabel = "ROUTE",
      description = "Only requests of this route, such as /orders/{id}, and what they did.")
  private @Nullable String route;

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Only requests of this user, by id or by the pseudonym that is remembered.")
  private @Nullable String user;

  @Option(
      names = "--min-duration",
      paramLabel = "TIME",
      description =
          "Only what took at least so long, such as 200ms; what has no duration, by its request.")
  private @Nullable String minDuration;

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** Of entries that are requests, however long they took: see {@link #minDurationNanos}. */
  Range ofRequestsOfAnyDuration(Range range, Home home) {
    return range.and(ofRequest(home));
  }

  /** Inclusive; 0 for any. */
  long minDurationNanos() {
    return minDuration == null ? 0 : (long) Math.ceil(nanos(minDuration));
  }

  /** Of entries that are requests. */
  Range ofRequests(Range range, Home home) {
    return range.and(ofRequest(home)).and(atLeast());
  }

  /** Of entries with a duration of their own that were made for a request. */
  Range ofCalls(Range range, Home home) {
    return range.and(within(ofRequest(home))).and(atLeast());
  }

  /** Of entries without one. */
  Range ofMoments(Range range, Home home) {
    return range.and(within(ofRequest(home).and(atLeast())));
  }

  private static Condition within(Condition request) {
    return request.isAny() ? request : new OfRequest(request);
  }

  private Condition ofRequest(Home home) {
    Condition ofRoute = route == null ? Condition.ANY : Condition.equal("http.route", route);
    return user == null ? ofRoute : ofRoute.and(ofUser(user, home));
  }

  /** Users are remembered in plain or by their pseudonym, as a service was told to. */
  private static Condition ofUser(String user, Home home) {
    Condition plain = Condition.equal("user.id", user);
    return home.pseudonym(user)
        .<Condition>map(
            pseudonym -> new Some(List.of(plain, Condition.equal("user.id", pseudonym))))
        .orElse(plain);
  }

  private Condition atLeast() {
    return minDuration == null
        ? Condition.ANY
        : new Comparison("duration", Operator.AT_LEAST, minDuration, nanos(minDuration));
  }

  private double nanos(String time) {
    Double nanos = time.matches(".*[A-Za-z]") ? WhereNumber.of(time) : null;
    if (nanos == null || time.matches(".*[bB]")) {
      throw new ParameterException(
          command.commandLine(), "--min-duration takes a time such as 200ms or 1.5s, not " + time);
    }
    return nanos;
  }
}
