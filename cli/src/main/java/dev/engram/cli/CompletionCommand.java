package dev.engram.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram completion}. */
@Command(
    name = "completion",
    description = "Prints a script that lets a shell complete commands and options.",
    footer = {
      "",
      "Such as: source <(engram completion bash)",
      "         source <(engram completion zsh)",
      "It completes the word engram: the executable of that name, or an alias of this jar."
    })
final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final Invocation invocation;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  @Spec private CommandSpec command = CommandSpec.create();

  CompletionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new ParameterException(
          command.commandLine(), "unknown shell " + shell + UsageErrors.suggestion(shell, SHELLS));
    }
    // The script asks which shell runs it, and lets zsh take what is written for bash.
    invocation.terminal().out().print(AutoComplete.bash("engram", command.root().commandLine()));
    return 0;
  }
}
