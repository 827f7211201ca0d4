package dev.engram.cli;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram help}. */
@Command(name = "help", description = "Shows the help of a command.")
final class HelpCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "Which command.")
  private @Nullable String name;

  @Spec private CommandSpec command = CommandSpec.create();

  HelpCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    CommandLine engram = command.parent().commandLine();
    asked(engram).usage(invocation.terminal().out());
    return 0;
  }

  private CommandLine asked(CommandLine engram) {
    if (name == null) {
      return engram;
    }
    CommandLine found = engram.getSubcommands().get(name);
    if (found == null) {
      throw new ParameterException(
          engram,
          "unknown command "
              + name
              + UsageErrors.suggestion(name, new ArrayList<>(engram.getSubcommands().keySet())));
    }
    return found;
  }
}
