package dev.engram.cli;

import dev.engram.collector.query.Range;
import dev.engram.collector.query.WhereExpression;
import dev.engram.collector.query.WhereExpression.Misunderstood;
import dev.engram.collector.query.WhereExpression.Understood;
import dev.engram.collector.server.Home;
import dev.engram.collector.store.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which part of which memory is asked. */
final class RangeOptions {
  private static final List<String> NARROWING =
      List.of(
          "--since",
          "--until",
          "--service",
          "--version",
          "--route",
          "--user",
          "--min-duration",
          "--where");

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
      names = "--version",
      paramLabel = "VERSION",
      description = "Only this version of the service.")
  private @Nullable String version;

  @Option(
      names = "--where",
      paramLabel = "EXPRESSION",
      description =
          "Only what meets this, such as 'duration>200ms and not request.http.route=/cart': fields"
              + " are service, version, name, kind, category, status, duration and attributes.")
  private @Nullable String where;

  @Mixin private HomeOption homeOption = new HomeOption();

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** What to ask for, so many entries at most. */
  Range range(int limit, Invocation invocation) {
    long from = epochNanos("--since", since, invocation);
    long to = epochNanos("--until", until, invocation);
    if (until != null && to <= from) {
      throw new ParameterException(
          command.commandLine(), "--until takes a time later than that of --since, not " + until);
    }
    return new Range(from, to, service, limit, condition());
  }

  /**
   * A range in the times that another option gives.
   *
   * @param fromTo two times with two dots between; the first or the last may be missing
   */
  Range between(Range range, String option, String fromTo, Invocation invocation) {
    if (since != null || until != null) {
      throw new ParameterException(
          command.commandLine(), option + " says the times; leave out --since and --until");
    }
    int dots = fromTo.indexOf("..");
    String earlier = fromTo.substring(0, Math.max(0, dots));
    String later = dots < 0 ? "" : fromTo.substring(dots + 2);
    long from = epochNanos(option, earlier.isBlank() ? null : earlier, invocation);
    long to = epochNanos(option, later.isBlank() ? null : later, invocation);
    if (dots < 0 || to > 0 && to <= from) {
      throw new ParameterException(
          command.commandLine(),
          option + " takes times as FROM..TO, such as yesterday..today or 2h.., not " + fromTo);
    }
    return range.between(from, to);
  }

  /** The only service; null for any. */
  @Nullable String service() {
    return service;
  }

  Home home(Invocation invocation) {
    return homeOption.readable(invocation.environment());
  }

  /** The home as it must be typed again, with a blank before it. */
  String homeTypedAgain() {
    return homeOption.typedAgain();
  }

  /** The options that narrow the listing, as they were given. */
  List<String> narrowing() {
    List<String> given =
        command.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .toList();
    return NARROWING.stream().filter(given::contains).toList();
  }

  private Condition condition() {
    Condition ofVersion = version == null ? Condition.ANY : Condition.equal("version", version);
    if (where == null) {
      return ofVersion;
    }
    WhereExpression.Read read = WhereExpression.read(where);
    if (read instanceof Misunderstood wrong) {
      throw new ParameterException(
          command.commandLine(),
          "--where, column "
              + wrong.column()
              + ": "
              + wrong.message()
              + (wrong.valid().isEmpty()
                  ? ""
                  : UsageErrors.suggestion(wrong.word(), wrong.valid())));
    }
    return ofVersion.and(((Understood) read).condition());
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
