package dev.engram.agent.core.writer;

import java.util.HashMap;
import java.util.Map;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.threads.DiskSpaceMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Initialises Chronicle's libraries so that they start no thread of their own, read no {@code
 * system.properties} file from the service's working directory into its system properties, and make
 * no {@code target} folder in its temporary folder.
 *
 * <p>They decide both while their classes initialise, from system properties. These are set for
 * that moment and put back before anybody but a library initialising at the same time could act on
 * them.
 */
final class QuietChronicle {
  /** A path that can neither be read nor made. */
  private static final String NO_FILE = "/dev/null/none";

  private static final Map<String, String> WHILE_INITIALISING =
      Map.of(
          "background.releaser", "false",
          "chronicle.disk.monitor.disable", "true",
          "chronicle.announcer.disable", "true",
          "system.properties", NO_FILE,
          "project.build.directory", NO_FILE);

  private static boolean done;

  private QuietChronicle() {}

  static synchronized void initialize() {
    if (done) {
      return;
    }
    Map<String, @Nullable String> before = new HashMap<>();
    WHILE_INITIALISING.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
    try {
      touch(OS.class);
      Jvm.init();
      touch(BackgroundResourceReleaser.class);
      touch(DiskSpaceMonitor.class);
      done = true;
    } finally {
      before.forEach(QuietChronicle::restore);
    }
  }

  private static void touch(Class<?> type) {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ClassNotFoundException impossible) {
      throw new LinkageError(type.getName(), impossible);
    }
  }

  private static void restore(String key, @Nullable String value) {
    if (value == null) {
      System.clearProperty(key);
    } else {
      System.setProperty(key, value);
    }
  }
}
