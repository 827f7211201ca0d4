package dev.engram.cli.agents;

import dev.engram.agent.record.control.MalformedControlFileException;
import dev.engram.agent.record.control.Switches;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.cli.CommandException;
import dev.engram.collector.server.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;

/** {@code control/switches.json} of a home, read and replaced whole. */
final class SwitchesFile {
  private final Home home;
  private final Path path;

  SwitchesFile(Home home) {
    this.home = home;
    this.path = HomeLayout.switches(home.folder());
  }

  Path path() {
    return path;
  }

  /**
   * What it says and still holds; nothing when there is none.
   *
   * @throws CommandException when it cannot be used
   */
  Switches read(Clock clock) {
    try {
      Switches read = Files.exists(path) ? Switches.parse(Files.readString(path)) : Switches.NONE;
      boolean expired = read.expires() != null && !clock.instant().isBefore(read.expires());
      return expired ? new Switches(read.serial(), null, Map.of()) : read;
    } catch (MalformedControlFileException | IOException unusable) {
      throw new CommandException(
          path + " cannot be used (" + unusable.getMessage() + "): remove it", unusable);
    }
  }

  /** By the clock, so that it rises also after the file was removed. */
  static long serialAfter(Switches before, Clock clock) {
    return Math.max(before.serial() + 1, clock.instant().getEpochSecond());
  }

  /** Readers see the old file or the new one; it is its owner's alone. */
  void write(Switches switches) {
    try {
      Path fresh = Files.createTempFile(home.control(), ".switches-", ".json");
      try {
        Files.writeString(fresh, switches.toJson());
        try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
          file.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException impossible) {
      throw new CommandException(
          "cannot write " + path + " (" + impossible + "); free space or mend its folder",
          impossible);
    }
  }
}
