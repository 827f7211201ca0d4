package dev.engram.cli;

import dev.engram.cli.render.RemedyView;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.server.Memory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram remedies explain}. */
@Command(
    name = "explain",
    description = "Says in plain words what a remedy does, where, and on what evidence.",
    footer = "Exit code 1 when there is no remedy with the id.")
final class RemediesExplainCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RemedyOption remedy = new RemedyOption();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private HomeOption home = new HomeOption();

  RemediesExplainCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Memory memory = Memory.open(home.readable(invocation.environment()))) {
      JudgedRemedy found = remedy.find(memory.queries(), invocation.nowEpochNanos());
      if (json) {
        invocation.terminal().out().println(RemedyView.json(found));
      } else {
        RemedyView.print(found, invocation.terminal(), invocation.zone());
      }
    }
    return 0;
  }
}
