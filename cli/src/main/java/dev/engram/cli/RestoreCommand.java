package dev.engram.cli;

import dev.engram.cli.render.SafeText;
import dev.engram.collector.server.Backups;
import dev.engram.collector.server.Home;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code engram restore}. */
@Command(
    name = "restore",
    description =
        "Puts a backup in the place of what is remembered, which is kept beside it. Not while a"
            + " collector runs.",
    footer = {
      "",
      "What services recorded since the backup and a collector had taken is not in it: the books"
          + " say so as a loss."
    })
final class RestoreCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(paramLabel = "FILE", description = "A file that engram backup wrote.")
  private Path file = Path.of("");

  @Mixin private HomeOption homeOption = new HomeOption();

  RestoreCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home home = homeOption.home(invocation.environment());
    Optional<Path> before = Backups.restore(home, file, invocation.clock());
    var out = invocation.terminal().out();
    out.println(SafeText.of("restored: " + home.folder()));
    before.ifPresent(it -> out.println(SafeText.of("what was there before is in " + it)));
    return 0;
  }
}
