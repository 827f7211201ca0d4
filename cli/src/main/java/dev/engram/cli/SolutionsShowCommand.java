package dev.engram.cli;

import dev.engram.cli.render.SolutionView;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.server.Memory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram solutions show}. */
@Command(
    name = "show",
    description = "Shows one solution: what for, the cause, what to do, how well it worked.",
    footer = "Exit code 1 when there is no solution with the id.")
final class SolutionsShowCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "SOLUTION",
      description = "A solution (S-…), or the beginning of its id.")
  private String id = "";

  @Option(names = "--json", description = "JSON Lines: one object a line.")
  private boolean json;

  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  SolutionsShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Memory memory = Memory.open(home.readable(invocation.environment()))) {
      Solution solution = SolutionIds.one(memory.queries(), command.commandLine(), id);
      if (json) {
        invocation.terminal().out().println(SolutionView.json(solution));
      } else {
        SolutionView.print(solution, invocation.terminal(), invocation.zone());
      }
    }
    return 0;
  }
}
