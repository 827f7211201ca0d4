package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.collector.server.Backups;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code engram backup}. */
@Command(
    name = "backup",
    description =
        "Writes what is remembered now into a new file, while services and collector go on, and"
            + " finds it to be sound.",
    footer = {
      "",
      "What waits in queues, settings and the salt of pseudonyms (control/salt) are not in it."
    })
final class BackupCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(paramLabel = "FILE", description = "The file to be written; it must not exist.")
  private Path file = Path.of("");

  @Mixin private HomeOption homeOption = new HomeOption();

  BackupCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Path target = file.toAbsolutePath().normalize();
    Backups.write(homeOption.readable(invocation.environment()), target);
    invocation.terminal().out().println(SafeText.of("written: " + target));
    return 0;
  }
}
