package dev.engram.cli;

import dev.engram.collector.analysis.triage.Triages;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code engram errors assign}. */
@Command(name = "assign", description = "Says who looks after an error group.")
final class ErrorsAssignCommand extends ErrorCorrection {
  @Parameters(index = "1", paramLabel = "WHO", description = "A person or a team.")
  private String assignee = "";

  ErrorsAssignCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  protected Map<String, String> properties() {
    return Map.of(Triages.ASSIGNEE, options().bounded("WHO", assignee));
  }
}
