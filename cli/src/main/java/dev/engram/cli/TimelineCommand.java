package dev.engram.cli;

import dev.engram.cli.render.TimelineView;
import dev.engram.cli.render.Units;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Shown;
import dev.engram.collector.query.Timeline;
import dev.engram.collector.server.Memory;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram timeline}. */
@Command(
    name = "timeline",
    description = "Shows what happened around a request, an error or an instance, in order.",
    footer = "Exit code 1 when there is nothing with the id.")
final class TimelineCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "ID",
      description =
          "A span (16 hex digits), a trace (32), an error group (E-…), an instance (a UUID), or its"
              + " beginning.")
  private String id = "";

  @Option(
      names = "--window",
      paramLabel = "TIME",
      description = "How far to look before and after, such as 30s, 5m, 2h (default 1m).",
      defaultValue = "1m")
  private String window = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most entries, those nearest to it (default ${DEFAULT-VALUE}).",
      defaultValue = "200")
  private int limit;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  TimelineCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    output.check(command.commandLine());
    UsageErrors.requireFromOne(command.commandLine(), "--limit", limit);
    Duration around = window();
    try (Memory memory = Memory.open(home.readable(invocation.environment()))) {
      Queries queries = memory.queries();
      Shown shown = queries.timeline(id, around.toNanos(), limit, invocation.nowEpochNanos());
      if (shown instanceof Timeline timeline) {
        print(timeline);
      } else {
        throw WrongId.of(command.commandLine(), id, shown);
      }
    }
    return 0;
  }

  private Duration window() {
    return TimeLength.parse(window)
        .orElseThrow(
            () ->
                new ParameterException(
                    command.commandLine(),
                    "--window takes a time such as 30s, 5m or 2h, not " + window));
  }

  private void print(Timeline timeline) {
    output.write(
        timeline.entries(),
        TimelineView::json,
        (entries, terminal) -> TimelineView.print(timeline, terminal, invocation.zone()),
        invocation.terminal());
    if (!timeline.complete()) {
      invocation.say(
          "there is more: these are the "
              + Units.count(timeline.entries().size())
              + " nearest to it; narrow with --window, or see more with --limit");
    }
  }
}
