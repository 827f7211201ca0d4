package dev.engram.cli;

import dev.engram.collector.query.Range;
import dev.engram.collector.server.Home;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every listing takes. */
final class ListingOptions {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what began later: " + TimeExpression.FORMS + ".")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only what began earlier than this; times as of --since.")
  private @Nullable String until;

  @Option(names = "--service", paramLabel = "NAME", description = "Only this service.")
  private @Nullable String service;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most entries (default ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private int limit;

  @Option(names = "--json", description = "JSON Lines: one object a line.")
  private boolean json;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  Range range(Invocation invocation) {
    if (limit < 1) {
      throw new ParameterException(
          command.commandLine(), "--limit takes a number from 1, not " + limit);
    }
    long from = epochNanos("--since", since, invocation);
    long to = epochNanos("--until", until, invocation);
    if (until != null && to <= from) {
      throw new ParameterException(
          command.commandLine(), "--until takes a time later than that of --since, not " + until);
    }
    return new Range(from, to, service, limit);
  }

  boolean json() {
    return json;
  }

  Home home(Invocation invocation) {
    return homeOption.readable(invocation.environment());
  }

  /** The home as it must be typed again, with a blank before it. */
  String homeTypedAgain() {
    return homeOption.typedAgain();
  }

  /** Whether anything narrows the listing. */
  boolean narrowed() {
    return since != null || until != null || service != null;
  }

  /** 0 when it was not given. */
  private long epochNanos(String option, @Nullable String text, Invocation invocation) {
    if (text == null) {
      return 0;
    }
    Instant time =
        TimeExpression.parse(text, invocation.clock())
            .orElseThrow(
                () ->
                    new ParameterException(
                        command.commandLine(),
                        option + " takes a time " + TimeExpression.FORMS + ", not " + text));
    return epochNanos(time);
  }

  /** Times before 1970 ask for everything, those after 2262 for nothing. */
  private static long epochNanos(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(Math.max(0, time.getEpochSecond()), 1_000_000_000L), time.getNano());
    } catch (ArithmeticException beyond) {
      return Long.MAX_VALUE;
    }
  }
}
