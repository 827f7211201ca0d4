package dev.engram.cli;

import dev.engram.collector.analysis.solution.Solutions;
import picocli.CommandLine.Command;

/** {@code engram solutions failed}. */
@Command(name = "failed", description = "Says that a solution did not help against an error group.")
final class SolutionsFailedCommand extends SolutionVerdict {
  SolutionsFailedCommand(Invocation invocation) {
    super(invocation, Solutions.FAILED);
  }
}
