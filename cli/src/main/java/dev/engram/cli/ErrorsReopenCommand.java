package dev.engram.cli;

import dev.engram.collector.analysis.triage.Triages;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code engram errors reopen}. */
@Command(name = "reopen", description = "Takes back that an error group is ignored or resolved.")
final class ErrorsReopenCommand extends ErrorCorrection {
  ErrorsReopenCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  protected Map<String, String> properties() {
    return Map.of(Triages.REOPENED, "");
  }
}
