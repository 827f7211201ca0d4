package dev.engram.cli;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.SpanIds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code engram errors merge}. */
@Command(
    name = "merge",
    description = "Makes other error groups a part of one, which counts and shows them as its own.",
    footer = {"", "Such as: engram errors merge E-1f0c E-77b3 E-9a21"})
final class ErrorsMergeCommand extends ErrorCorrection {
  private long into;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "OTHER",
      description = "Error groups that are the same.")
  private List<String> others = List.of();

  ErrorsMergeCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  public Integer call() {
    into = ask(error(), Queries::rootOfError);
    Set<Long> merged = new LinkedHashSet<>();
    for (String other : others) {
      merged.add(ask(other, this::subject));
    }
    for (long fingerprint : merged) {
      options().tellOfError(invocation(), fingerprint, properties());
    }
    return 0;
  }

  @Override
  protected Map<String, String> properties() {
    return Map.of(Triages.MERGED, SpanIds.hex(into));
  }

  @Override
  protected long subject(Queries queries, long fingerprint) {
    long root = queries.rootOfError(fingerprint);
    if (root == into) {
      throw new ParameterException(
          command().commandLine(),
          ErrorLabel.of(fingerprint) + " is a part of " + ErrorLabel.of(into) + " already");
    }
    return root;
  }
}
