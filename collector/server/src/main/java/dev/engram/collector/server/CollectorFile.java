package dev.engram.collector.server;

import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads who says to collect into a home. Trying the lock instead could get into the way of a
 * collector that is starting.
 */
final class CollectorFile {
  private static final Pattern PID = Pattern.compile("\"pid\"\\s*:\\s*([0-9]{1,18})");
  private static final Pattern STARTED = Pattern.compile("\"started\"\\s*:\\s*\"([^\"]{1,40})\"");

  private CollectorFile() {}

  /** Empty when nobody does, or who did is gone. */
  static Optional<String> holder(Home home) {
    try {
      String file = Files.readString(home.folder().resolve(HomeLayout.COLLECTOR_FILE));
      Matcher pid = PID.matcher(file);
      Matcher started = STARTED.matcher(file);
      return pid.find() && ProcessHandle.of(Long.parseLong(pid.group(1))).isPresent()
          ? Optional.of(
              "pid " + pid.group(1) + (started.find() ? " since " + started.group(1) : ""))
          : Optional.empty();
    } catch (IOException nobody) {
      return Optional.empty();
    }
  }
}
