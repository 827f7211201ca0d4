package dev.engram.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram store}. */
@Command(name = "store", description = "Chooses, checks and looks after the store of a memory.")
final class StoreCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  StoreCommand(@SuppressWarnings("unused") Invocation invocation) {}

  @Override
  public Integer call() {
    throw new ParameterException(
        command.commandLine(),
        "say what to do, such as: engram store check, engram store stats, engram store retain");
  }
}
