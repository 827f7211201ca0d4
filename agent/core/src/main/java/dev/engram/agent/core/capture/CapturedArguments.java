package dev.engram.agent.core.capture;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.record.InAppFrames;
import java.util.List;

/**
 * Of which classes' methods the arguments are kept when they throw. Static because advice is.
 * Thread-safe.
 */
public final class CapturedArguments {
  private static final InAppFrames NONE = className -> false;

  private static volatile InAppFrames kept = NONE;

  private CapturedArguments() {}

  public static void start(Configuration configuration) {
    List<String> packages = packages(configuration);
    kept = packages.isEmpty() ? NONE : InAppFrames.of(packages);
  }

  /** Only those that somebody named: nobody else can tell what arguments hold. */
  public static List<String> packages(Configuration configuration) {
    boolean on = configuration.text(Settings.CAPTURE_ARGUMENTS).equals("errors");
    return on ? configuration.list(Settings.APP_PACKAGES) : List.of();
  }

  public static boolean areKept(String className) {
    return kept.isInApp(className);
  }
}
