package dev.engram.cli.launch;

import dev.engram.cli.CommandException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** A command that has our standard streams and gets our signals. */
final class ChildProcess {
  /** What shells give for a program that is not there, so that it is told from its own codes. */
  private static final int NOT_FOUND = 127;

  /** The same for one that is there and cannot be executed. */
  private static final int NOT_STARTED = 126;

  private ChildProcess() {}

  /**
   * Runs it to its end.
   *
   * @return its exit code; 128 and the signal's number when one ended it
   */
  static int run(AgentCommand agentCommand) {
    ProcessBuilder builder = new ProcessBuilder(agentCommand.command()).inheritIO();
    builder.environment().putAll(agentCommand.environment());
    return await(start(builder));
  }

  /** The same, with its output piped to whoever asked. */
  static Process startPiped(AgentCommand agentCommand) {
    ProcessBuilder builder =
        new ProcessBuilder(agentCommand.command())
            .redirectInput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT);
    builder.environment().putAll(agentCommand.environment());
    return start(builder);
  }

  /** Its exit code, once it has ended; our signals go to it meanwhile. */
  static int await(Process process) {
    try (Signals signals = Signals.take(name -> pass(name, process))) {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while the command ran", interrupted);
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException impossible) {
      String reason = String.valueOf(impossible.getMessage());
      boolean missing = reason.contains("error=2,");
      throw new CommandException(
          "cannot start "
              + builder.command().get(0)
              + ": "
              + (missing ? "no such program" : reason),
          impossible,
          missing ? NOT_FOUND : NOT_STARTED);
    }
  }

  /**
   * Tells the child, and does not end us before it. A terminal's Ctrl-C reaches the child by
   * itself; a second one would look like impatience.
   */
  private static void pass(String signal, Process child) {
    if (!signal.equals("INT") || System.console() == null) {
      child.toHandle().destroy();
    }
  }
}
