package dev.engram.cli;

import dev.engram.collector.analysis.triage.Triages;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code engram errors name}. */
@Command(
    name = "name",
    description = "Gives an error group a name that is shown before its message.")
final class ErrorsNameCommand extends ErrorCorrection {
  @Parameters(index = "1", paramLabel = "NAME", description = "What people call it.")
  private String name = "";

  ErrorsNameCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  protected Map<String, String> properties() {
    return Map.of(Triages.NAME, options().bounded("NAME", name));
  }
}
