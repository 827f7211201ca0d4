package dev.engram.cli;

import dev.engram.cli.render.Style;
import dev.engram.cli.render.Terminal;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry of {@code engram.jar}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    int exitCode;
    try (Pager pager = Pager.of(Terminal.ofProcess(environment), environment, args)) {
      Terminal terminal = pager.terminal();
      exitCode = execute(new Invocation(terminal, Clock.systemDefaultZone(), environment), args);
    }
    System.exit(exitCode);
  }

  /** Answers; the exit code. An answer of which a part is missing is none, whatever the command. */
  static int execute(Invocation invocation, String... args) {
    int exitCode = answer(invocation, args);
    String failure = invocation.terminal().out().failure();
    if (failure != null) {
      invocation.say("not all of the answer could be written (" + failure + ")");
    }
    invocation.terminal().err().flush();
    return failure != null && exitCode == 0 ? 1 : exitCode;
  }

  private static int answer(Invocation invocation, String... args) {
    try {
      return commandLine(invocation, args).execute(args);
    } catch (OutOfMemoryError tooMuch) {
      invocation.say("the answer does not fit into memory: ask for less with --since or --limit");
      return 1;
    }
  }

  /** What these arguments need, wired to this invocation. */
  static CommandLine commandLine(Invocation invocation, String... arguments) {
    CommandLine commandLine = new CommandLine(new EngramCommand(invocation));
    Commands.addTo(commandLine, invocation, arguments);
    Terminal terminal = invocation.terminal();
    Ansi ansi = terminal.style() == Style.COLOUR ? Ansi.ON : Ansi.OFF;
    return commandLine
        .setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setOut(new PrintWriter(terminal.out(), true))
        .setErr(new PrintWriter(terminal.err(), true))
        .setParameterExceptionHandler(new UsageErrors(invocation))
        .setExecutionStrategy(Main::executeWhatIsKnown)
        .setExecutionExceptionHandler(new ExecutionErrors(invocation));
  }

  /** A mistyped command with {@code --help} is a mistake still: picocli would help with another. */
  private static int executeWhatIsKnown(ParseResult parsed) {
    for (ParseResult level = parsed; level != null; level = level.subcommand()) {
      if (!level.unmatched().isEmpty()) {
        CommandLine command = level.commandSpec().commandLine();
        throw new UnmatchedArgumentException(command, level.unmatched());
      }
    }
    return new RunLast().execute(parsed);
  }
}
