package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.query.Queries;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Finds the error group that somebody typed. */
final class ErrorIds {
  private ErrorIds() {}

  /**
   * Its fingerprint.
   *
   * @param label {@code E-…}, or its beginning
   * @throws ParameterException when it can be no group, or several
   * @throws CommandException when there is none
   */
  static long one(Queries queries, CommandLine command, String label) {
    if (ErrorLabel.hexDigits(label).isEmpty()) {
      throw new ParameterException(
          command, SafeText.of(label) + " is no error group; ids stand in: engram errors");
    }
    return WrongId.one(command, label, queries.errorIds(label), ErrorLabel::of)
        .orElseThrow(
            () -> new CommandException("nothing with the id " + label + "; see: engram errors"));
  }
}
