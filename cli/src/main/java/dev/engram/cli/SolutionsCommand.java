package dev.engram.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram solutions}. */
@Command(
    name = "solutions",
    description = "What is known against errors, and how well it worked.",
    footer = {
      "",
      "Such as: engram solutions list",
      "         engram solutions add E-1f0c --remedy 'raise maximumPoolSize to 20'",
      "         engram solutions worked S-hikari-exhausted E-1f0c"
    })
final class SolutionsCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  SolutionsCommand(@SuppressWarnings("unused") Invocation invocation) {}

  @Override
  public Integer call() {
    throw new ParameterException(
        command.commandLine(),
        "say what to do: engram solutions list, show, add, edit, worked or failed");
  }
}
