package dev.engram.cli.gate;

import dev.engram.cli.CommandException;
import dev.engram.cli.HomeOption;
import dev.engram.cli.Invocation;
import dev.engram.cli.UsageErrors;
import dev.engram.collector.analysis.gate.RunWindow;
import dev.engram.collector.query.RunQueries;
import dev.engram.collector.server.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which run of which memory. */
final class RunOption {
  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "The run that was given this name by engram run --label; otherwise everything.")
  private @Nullable String label;

  @Option(names = "--service", paramLabel = "NAME", description = "Only this service.")
  private @Nullable String service;

  @Mixin private HomeOption homeOption = new HomeOption();

  Memory memory(Invocation invocation) {
    return Memory.open(homeOption.readable(invocation.environment()));
  }

  /**
   * The asked run.
   *
   * @throws CommandException when there is none
   */
  List<RunWindow> windows(RunQueries runs) {
    return windows(runs, label);
  }

  /** The same of another label. */
  List<RunWindow> windows(RunQueries runs, @Nullable String named) {
    List<RunWindow> windows = runs.windows(named, service);
    if (windows.isEmpty()) {
      throw GateCommand.undecided(nothing(runs, named), null);
    }
    return windows;
  }

  private String nothing(RunQueries runs, @Nullable String named) {
    String of = service == null ? "" : " of service " + service;
    if (named == null) {
      return "nothing is remembered" + of + "; run: engram run --label NAME -- your command";
    }
    return "no run" + of + " has the label " + named + UsageErrors.suggestion(named, runs.labels());
  }
}
