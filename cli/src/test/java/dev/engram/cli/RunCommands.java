package dev.engram.cli;

/** Runs a command as {@link Main} does, for tests of other packages. */
public final class RunCommands {
  private RunCommands() {}

  public static int execute(Invocation invocation, String... arguments) {
    return Main.commandLine(invocation, arguments).execute(arguments);
  }
}
