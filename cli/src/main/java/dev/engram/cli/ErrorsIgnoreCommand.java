package dev.engram.cli;

import dev.engram.collector.analysis.triage.Triages;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code engram errors ignore}. */
@Command(
    name = "ignore",
    description = "Hides an error group from engram errors, until somebody reopens it.")
final class ErrorsIgnoreCommand extends ErrorCorrection {
  ErrorsIgnoreCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  protected Map<String, String> properties() {
    return Map.of(Triages.IGNORED, "");
  }
}
