package dev.engram.cli;

import dev.engram.collector.query.Queries;
import dev.engram.collector.store.Condition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --status}: how a request ended. */
final class StatusOption {
  private static final List<String> STATUSES =
      List.of("ok", "error", "unset", "interrupted", Queries.IN_PROGRESS);

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only this status: ok, error, unset, interrupted or in_progress.")
  private @Nullable String status;

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** For entries that sum up what has a status. */
  Condition condition() {
    String wanted = status();
    return wanted == null ? Condition.ANY : Condition.equal("status", wanted);
  }

  @Nullable String status() {
    if (status == null) {
      return null;
    }
    String wanted = status.toLowerCase(Locale.ROOT).replace('-', '_');
    if (!STATUSES.contains(wanted)) {
      throw new ParameterException(
          command.commandLine(),
          "unknown status " + status + UsageErrors.suggestion(wanted, STATUSES));
    }
    return wanted;
  }
}
