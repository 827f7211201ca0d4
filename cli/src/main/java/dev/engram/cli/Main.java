package dev.engram.cli;

import dev.engram.cli.render.Style;
import dev.engram.cli.render.Terminal;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** The entry of {@code engram.jar}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    Terminal terminal = Terminal.ofProcess(environment);
    Invocation invocation = new Invocation(terminal, Clock.systemDefaultZone(), environment);
    int exitCode = commandLine(invocation).execute(args);
    terminal.out().flush();
    terminal.err().flush();
    System.exit(exitCode);
  }

  /** Every command, wired to this invocation. */
  static CommandLine commandLine(Invocation invocation) {
    CommandLine commandLine = new CommandLine(new EngramCommand(invocation));
    EngramCommand.subcommands(invocation).forEach(commandLine::addSubcommand);
    Objects.requireNonNull(commandLine.getSubcommands().get("run")).setStopAtPositional(true);
    Terminal terminal = invocation.terminal();
    Ansi ansi = terminal.style() == Style.COLOUR ? Ansi.ON : Ansi.OFF;
    return commandLine
        .setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setOut(new PrintWriter(terminal.out(), true))
        .setErr(new PrintWriter(terminal.err(), true))
        .setParameterExceptionHandler(new UsageErrors(invocation))
        .setExecutionExceptionHandler(new ExecutionErrors(invocation));
  }
}
