package dev.engram.agent.core.runtime;

import java.nio.file.Path;
import java.util.Map;

/** What is left on the disk of the memory home. Used by one thread. */
final class HomeDisk implements Readings.Source {
  private final Path home;

  HomeDisk(Path home) {
    this.home = home;
  }

  @Override
  public void read(Readings.Target target) {
    target.put(
        "system.filesystem.usage",
        "By",
        home.toFile().getUsableSpace(),
        Map.of("system.filesystem.state", "free", "system.filesystem.mountpoint", home.toString()));
  }
}
