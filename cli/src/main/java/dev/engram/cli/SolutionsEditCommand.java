package dev.engram.cli;

import dev.engram.collector.analysis.solution.Solution;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram solutions edit}. */
@Command(
    name = "edit",
    description = "Writes anew what is given of a solution that a person wrote.")
final class SolutionsEditCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "SOLUTION",
      description = "A solution (S-…), or the beginning of its id.")
  private String id = "";

  @Mixin private SolutionOptions changed = new SolutionOptions();
  @Mixin private KnowledgeOptions options = new KnowledgeOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  SolutionsEditCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Map<String, String> properties = changed.properties(options);
    if (properties.isEmpty()) {
      throw wrong("give what to change: --remedy, --cause, --link, --type or --message");
    }
    Solution solution =
        options.ask(invocation, queries -> SolutionIds.one(queries, command.commandLine(), id));
    if (solution.isOfCatalogue()) {
      throw wrong(solution.id() + " came with engram; write your own with: engram solutions add");
    }
    if (solution.symptom().fingerprint() != 0 && changed.describesErrors()) {
      throw wrong(
          solution.id() + " is for one error group; write one for more: engram solutions add");
    }
    options.tellOfSolution(invocation, solution.id(), properties);
    return 0;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
