package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.home.HomeSalt;
import dev.engram.agent.core.home.Recording;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.runtime.Readings;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Capture and recording, wired together for the life of the JVM. Started on the start-up thread,
 * stopped by a shutdown hook.
 */
final class Remembering {
  private Remembering() {}

  /**
   * Makes capture live. No folder is made before the first record or second; that it is there is
   * said then, so that a home that cannot be used is never promised.
   */
  static void start(Configuration configuration, String service) {
    Recording recording = Recording.start(configuration, service);
    StartRecord sink =
        new StartRecord(recording, () -> Capture.lifecycle("start", description(service)));
    String line =
        "remembering " + service + " in " + configuration.text(Settings.HOME) + " (engram status)";
    recording.onOpen(
        () -> {
          salt(recording.home());
          sink.writeOnce();
          AgentLog.line(line);
        });
    Readings readings =
        new Readings(recording.home(), configuration.duration(Settings.READINGS_INTERVAL));
    recording.onBeat(
        () -> {
          EpochClock.SYSTEM.reanchor();
          Capture.beat();
          readings.beat();
        });
    // What nobody takes need not be captured.
    recording.onRefusal(Capture::stop);
    HttpCapture.start(configuration);
    Capture.start(configuration, sink);
    Runtime.getRuntime().addShutdownHook(stopHook(recording, sink));
  }

  private static void salt(Path home) {
    try {
      Capture.salt(HomeSalt.of(home));
    } catch (IOException | RuntimeException unusable) {
      AgentLog.line(
          "users and sessions are not remembered: cannot use "
              + home.resolve(HomeLayout.CONTROL).resolve(HomeLayout.SALT)
              + " ("
              + unusable
              + "); remove it to have a new one made");
    }
  }

  /** Capture stays live: other hooks may still work, and what they do is left in the ring. */
  private static Thread stopHook(Recording recording, StartRecord sink) {
    Runnable stop =
        () -> {
          Capture.endHeld();
          if (sink.isWritten()) {
            Capture.lifecycle("stop", Map.of());
          }
          recording.stop();
        };
    Thread hook = new Thread(null, stop, "engram-stop", 0, false);
    hook.setContextClassLoader(Remembering.class.getClassLoader());
    return hook;
  }

  private static Map<String, Object> description(String service) {
    return Map.of(
        "service.name", service,
        "process.pid", ProcessHandle.current().pid(),
        "process.runtime.name", System.getProperty("java.runtime.name", ""),
        "process.runtime.version", System.getProperty("java.runtime.version", ""));
  }
}
