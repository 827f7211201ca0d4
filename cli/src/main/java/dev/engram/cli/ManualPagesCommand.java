package dev.engram.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram man-pages}. */
@Command(
    name = "man-pages",
    description = "Writes the manual pages of all commands into a folder.",
    footer = {"", "Such as: engram man-pages ~/.local/share/man/man1 && man engram-requests"})
final class ManualPagesCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(paramLabel = "FOLDER", description = "Where to; made when it is not there.")
  private Path folder = Path.of("");

  @Spec private CommandSpec command = CommandSpec.create();

  ManualPagesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try {
      Files.createDirectories(folder);
      write(command.root().commandLine());
      return 0;
    } catch (IOException failure) {
      throw new CommandException(
          "cannot write manual pages to " + folder + " (" + failure + ")", failure);
    }
  }

  private void write(CommandLine engram) throws IOException {
    Path file = folder.resolve(ManualPage.name(engram) + ".1");
    Files.writeString(file, ManualPage.of(engram));
    invocation.terminal().out().println(file);
    for (CommandLine below : engram.getSubcommands().values()) {
      write(below);
    }
  }
}
