package dev.engram.cli.demo;

import dev.engram.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of the owner's alone that goes away with the demo, also after Ctrl-C. */
final class TemporaryFolder implements AutoCloseable {
  private final Path path;
  private final Thread onExit;

  private TemporaryFolder(Path path) {
    this.path = path;
    this.onExit = new Thread(this::delete, "engram-demo-clean-up");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  static TemporaryFolder make() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("engram-demo-"));
    } catch (IOException impossible) {
      throw new CommandException(
          "cannot make a temporary folder (" + impossible + "); set -Djava.io.tmpdir", impossible);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      // The hook is running already and does the same.
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException leftBehind) {
      // The system clears its temporary folder; there is nobody left to tell.
    }
  }
}
