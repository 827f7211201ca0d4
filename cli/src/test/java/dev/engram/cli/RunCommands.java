package dev.engram.cli;

import dev.engram.cli.render.CapturedTerminal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

/** Runs a command as {@link Main} does; the answer is its exit code. */
public final class RunCommands {
  private RunCommands() {}

  /** In this memory home. */
  public static int in(Path home, CapturedTerminal terminal, Clock clock, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = home.toString();
    return execute(terminal, clock, all);
  }

  /** In whichever the arguments say. */
  public static int execute(CapturedTerminal terminal, Clock clock, String... arguments) {
    return execute(new Invocation(terminal.terminal(), clock, Map.of()), arguments);
  }

  public static int execute(Invocation invocation, String... arguments) {
    return Main.execute(invocation, arguments);
  }
}
