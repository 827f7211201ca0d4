package dev.engram.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long a test waits for a condition where it says nothing else. A busy machine lets a process
 * stand still for longer than the library's ten seconds; a condition that comes ends the wait.
 */
public final class WaitLimit implements LauncherSessionListener {
  private static final Duration DEFAULT = Duration.ofMinutes(1);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.setDefaultTimeout(DEFAULT);
  }
}
