package dev.engram.agent.core.writer;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What Chronicle takes for {@link System} where it reads its settings: the same, but for a few
 * settings. Public for Chronicle alone; see {@link QuietChronicle}. Any thread.
 */
public final class ChronicleSystem {
  /** A path that can neither be read nor made. */
  private static final String NO_FILE = "/dev/null/none";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "background.releaser", "false",
          "chronicle.disk.monitor.disable", "true",
          "chronicle.announcer.disable", "true",
          "system.properties", NO_FILE,
          "project.build.directory", NO_FILE);

  private ChronicleSystem() {}

  public static @Nullable String getProperty(String key) {
    String ours = SETTINGS.get(key);
    return ours == null ? System.getProperty(key) : ours;
  }

  public static @Nullable String getProperty(String key, @Nullable String otherwise) {
    String value = getProperty(key);
    return value == null ? otherwise : value;
  }

  /** Chronicle would set what it read from a file; there is none. */
  public static @Nullable String setProperty(String key, String value) {
    return getProperty(key);
  }

  public static Properties getProperties() {
    return System.getProperties();
  }

  public static long nanoTime() {
    return System.nanoTime();
  }
}
