package dev.engram.cli;

import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.query.Queries;
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
    return WrongId.one(command, id, queries.solutions().beginning(id), Solution::id)
        .orElseThrow(
            () ->
                new CommandException(
                    "no solution with the id " + id + "; see: engram solutions list"));
  }
}
