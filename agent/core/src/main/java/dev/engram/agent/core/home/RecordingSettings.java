package dev.engram.agent.core.home;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.program.AppPackages;
import dev.engram.agent.core.writer.QueueSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the recording side.
 *
 * @param home absolute
 * @param ringCapacity bytes, a power of two
 * @param serviceVersion as configured; empty when not
 * @param label of the run that this JVM is part of; empty for none
 * @param appPackages the application's, for readers of the instance; empty when nothing tells
 */
record RecordingSettings(
    Path home,
    int ringCapacity,
    QueueSettings queue,
    String serviceVersion,
    String label,
    List<String> appPackages) {
  static RecordingSettings of(Configuration configuration) {
    QueueSettings queue =
        new QueueSettings(
            roll(configuration.text(Settings.QUEUE_ROLL)),
            configuration.number(Settings.QUEUE_MAX_BYTES),
            configuration.duration(Settings.QUEUE_SYNC),
            configuration.number(Settings.DISK_FLOOR),
            configuration.duration(Settings.SHUTDOWN_DRAIN));
    return new RecordingSettings(
        home(configuration.text(Settings.HOME)),
        powerOfTwo(configuration.number(Settings.RING_SIZE)),
        queue,
        configuration.text(Settings.SERVICE_VERSION),
        configuration.text(Settings.LABEL),
        AppPackages.of(configuration));
  }

  private static Path home(String text) {
    boolean ofUser = text.equals("~") || text.startsWith("~/");
    String expanded = ofUser ? System.getProperty("user.home", "") + text.substring(1) : text;
    return Path.of(expanded).toAbsolutePath().normalize();
  }

  private static int powerOfTwo(long atLeast) {
    long power = Long.highestOneBit(atLeast);
    return Math.toIntExact(power == atLeast ? power : power << 1);
  }

  private static Duration roll(String word) {
    return switch (word) {
      case "secondly" -> Duration.ofSeconds(1);
      case "minutely" -> Duration.ofMinutes(1);
      default -> Duration.ofMinutes(5);
    };
  }
}
