package dev.engram.cli;

import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.query.Queries;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** One remedy, as people type it. */
final class RemedyOption {
  @Parameters(
      paramLabel = "ID",
      description = "A remedy (R- and 12 hex digits), or the beginning of its id.")
  private String id = "";

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /**
   * The remedy.
   *
   * @throws CommandException when there is none
   * @throws ParameterException when several ids begin so
   */
  JudgedRemedy find(Queries queries, long nowEpochNanos) {
    String prefix = id.toLowerCase(Locale.ROOT);
    List<JudgedRemedy> found =
        queries.remedies(nowEpochNanos).stream()
            .filter(remedy -> remedy.label().toLowerCase(Locale.ROOT).startsWith(prefix))
            .toList();
    return WrongId.one(command.commandLine(), id, found, JudgedRemedy::label)
        .orElseThrow(
            () -> new CommandException("no remedy with the id " + id + "; see: engram remedies"));
  }
}
