package dev.engram.cli;

import dev.engram.collector.analysis.solution.Solutions;
import picocli.CommandLine.Command;

/** {@code engram solutions worked}. */
@Command(name = "worked", description = "Says that a solution helped against an error group.")
final class SolutionsWorkedCommand extends SolutionVerdict {
  SolutionsWorkedCommand(Invocation invocation) {
    super(invocation, Solutions.WORKED);
  }
}
