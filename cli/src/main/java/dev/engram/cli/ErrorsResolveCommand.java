package dev.engram.cli;

import dev.engram.collector.analysis.triage.Triages;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code engram errors resolve}. */
@Command(
    name = "resolve",
    description = "Says that an error will not happen again; on a later version it has regressed.")
final class ErrorsResolveCommand extends ErrorCorrection {
  @Option(
      names = "--in",
      paramLabel = "VERSION",
      description = "The first version without it; otherwise each that starts after those with it.")
  private @Nullable String version;

  ErrorsResolveCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  protected Map<String, String> properties() {
    return Map.of(Triages.RESOLVED, version == null ? "" : options().bounded("--in", version));
  }
}
