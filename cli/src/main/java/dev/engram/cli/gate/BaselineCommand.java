package dev.engram.cli.gate;

import dev.engram.cli.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram baseline}. */
@Command(name = "baseline", description = "Keeps a run as what engram gate judges others by.")
public final class BaselineCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  public BaselineCommand(@SuppressWarnings("unused") Invocation invocation) {}

  @Override
  public Integer call() {
    throw new ParameterException(
        command.commandLine(), "say what to do: engram baseline save [FILE]");
  }
}
