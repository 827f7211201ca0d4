package dev.engram.cli;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.query.Queries;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code engram errors split}. */
@Command(
    name = "split",
    description = "Takes an error group out of the one that it was merged into.")
final class ErrorsSplitCommand extends ErrorCorrection {
  ErrorsSplitCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  protected Map<String, String> properties() {
    return Map.of(Triages.SPLIT, "");
  }

  @Override
  protected long subject(Queries queries, long fingerprint) {
    if (queries.rootOfError(fingerprint) == fingerprint) {
      throw new CommandException(
          ErrorLabel.of(fingerprint)
              + " was merged into no other; the ids of a group stand in: engram errors show "
              + ErrorLabel.of(fingerprint));
    }
    return fingerprint;
  }
}
