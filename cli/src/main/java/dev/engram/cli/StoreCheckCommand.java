package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.collector.server.Backups;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.StoreFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram store check}. */
@Command(
    name = "check",
    description =
        "Says where the memory is kept, and whether it can be read. In SQLite it reads all of it:"
            + " pages, what refers to what, the index of words, bodies.",
    footer = "Exit code 1 when something is wrong; a line each says what.")
final class StoreCheckCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--quick", description = "Look whether it can be read, not at all of it.")
  private boolean quick;

  @Mixin private HomeOption homeOption = new HomeOption();

  StoreCheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.readable(invocation.environment());
    invocation.terminal().out().println(SafeText.of(StoreFile.check(home)));
    List<String> problems = quick ? List.of() : Backups.problems(home);
    problems.forEach(invocation::say);
    return problems.isEmpty() ? 0 : 1;
  }
}
