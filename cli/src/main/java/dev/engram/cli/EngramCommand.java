package dev.engram.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code engram} itself. */
@Command(
    name = "engram",
    description = "A memory for running Java services.",
    versionProvider = EngramCommand.VersionText.class,
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Begin with: engram demo",
      "Your own:   engram run -- java -jar your-service.jar"
    })
final class EngramCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean version;

  @Spec private CommandSpec command = CommandSpec.create();

  EngramCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Without a command there is only help to give. */
  @Override
  public Integer call() {
    command.commandLine().usage(invocation.terminal().out());
    return 0;
  }

  /** What {@code --version} says. */
  static final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {VersionCommand.text()};
    }
  }
}
