package dev.engram.cli;

import dev.engram.collector.query.Range;
import dev.engram.collector.server.Home;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every listing takes. */
final class ListingOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most entries (default ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private int limit;

  @Mixin private ExitStatusOption exitStatus = new ExitStatusOption();
  @Mixin private SortOption sort = new SortOption();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private RangeOptions range = new RangeOptions();

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** What to ask for; what is sorted is cut to the limit afterwards. */
  Range range(Invocation invocation) {
    output.check(command.commandLine());
    UsageErrors.requireFromOne(command.commandLine(), "--limit", limit);
    int most = sort.isGiven() ? Math.max(limit, SortOption.MOST) : limit;
    return range.range(most, invocation);
  }

  /** The part of the memory alone. */
  RangeOptions rangeOptions() {
    return range;
  }

  OutputOptions output() {
    return output;
  }

  /** Whether {@link #wanted} gives them another order. */
  boolean sorts() {
    return sort.isGiven();
  }

  /** The entries in the order wanted, up to the limit. */
  <T> List<T> wanted(List<T> entries, Function<T, String> json) {
    return sort.apply(entries, json, command.commandLine()).stream().limit(limit).toList();
  }

  /** What the command ends with when nothing was found. */
  int exitCodeOfNothing() {
    return exitStatus.ofNothing();
  }

  Home home(Invocation invocation) {
    return range.home(invocation);
  }
}
