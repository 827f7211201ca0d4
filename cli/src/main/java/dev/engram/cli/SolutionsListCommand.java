package dev.engram.cli;

import dev.engram.cli.render.SolutionView;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.server.Memory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram solutions list}. */
@Command(
    name = "list",
    description = "Lists solutions, those first that are most surely known to work.")
class SolutionsListCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--own", description = "Only those that people wrote.")
  private boolean own;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  SolutionsListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    output.check(command.commandLine());
    try (Memory memory = Memory.open(home.readable(invocation.environment()))) {
      List<Solution> found =
          memory.queries().solutions().list().stream()
              .filter(it -> !own || !it.isOfCatalogue())
              .toList();
      if (found.isEmpty()) {
        invocation.say("nobody has written a solution yet; see: engram solutions add --help");
      } else {
        output.write(found, SolutionView::json, SolutionView::table, invocation.terminal());
      }
    }
    return 0;
  }
}
