package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.query.Queries;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Finds the solution that somebody typed. */
final class SolutionIds {
  private SolutionIds() {}

  /**
   * The solution.
   *
   * @param id {@code S-…}, or its beginning
   * @throws ParameterException when it begins several
   * @throws CommandException when there is none
   */
  static Solution one(Queries queries, CommandLine command, String id) {
    List<Solution> found = queries.solutions().beginning(id);
    if (found.size() > 1) {
      throw new ParameterException(
          command,
          SafeText.of(id)
              + " begins several ids: "
              + String.join(", ", found.stream().limit(10).map(Solution::id).toList()));
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "no solution with the id " + id + "; see: engram solutions list"));
  }
}
