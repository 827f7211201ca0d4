package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.ai.OpenStreams;
import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CapturedArguments;
import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.control.RemedyBoard;
import dev.engram.agent.core.decision.Decisions;
import dev.engram.agent.core.home.HomeSalt;
import dev.engram.agent.core.home.Recording;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.core.instrument.Installer;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.program.AppPackages;
import dev.engram.agent.core.recall.RecallReader;
import dev.engram.agent.core.recall.Recollections;
import dev.engram.agent.core.remedy.AlternativeQuestion;
import dev.engram.agent.core.remedy.CalledServices;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.ResizedPools;
import dev.engram.agent.core.runtime.Readings;
import dev.engram.agent.core.thrown.ThrowCounts;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.ring.HomeLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Capture, recording and what steers them, wired together for the life of the JVM. Started on the
 * start-up thread, stopped by a shutdown hook; in between the writer thread beats.
 */
final class Remembering {
  /** Between two records of how many throwables of a type were constructed. */
  private static final long THROW_COUNTS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Recording recording;
  private final StartRecord sink;
  private final LiveSettings settings;
  private final RecallReader recall;
  private final Readings readings;
  private final ThrowCounts throwCounts;
  private final RemedyBoard remedies;
  private final AgentReport report;

  /** What the report was written at; confined to the writer thread. */
  private long reported = -1;

  private Remembering(Configuration configuration, String service, AgentReport report) {
    this.report = report;
    Recollections.start(configuration);
    recording = Recording.start(configuration, service);
    sink = new StartRecord(recording, () -> Capture.lifecycle("start", description(service)));
    settings = new LiveSettings(recording.home(), configuration, this::noteSwitch);
    recall = new RecallReader(recording.home(), service);
    readings = new Readings(recording.home(), configuration.duration(Settings.READINGS_INTERVAL));
    InAppFrames inApp = InAppFrames.of(AppPackages.of(configuration));
    throwCounts = new ThrowCounts(inApp, THROW_COUNTS_NANOS);
    remedies = new RemedyBoard(recording.home(), Healing::apply);
    Healing.start(inApp, HealLevel.of(configuration.text(Settings.HEAL)));
    AlternativeQuestion.start(configuration);
    ResizedPools.start(service, (int) configuration.number(Settings.HEAL_POOL_CONNECTIONS));
  }

  /**
   * Makes capture live. No folder is made before the first record or second; that it is there is
   * said then, so that a home that cannot be used is never promised. While capture is off there is
   * neither.
   */
  static Remembering start(Configuration configuration, String service, AgentReport report) {
    Remembering remembering = new Remembering(configuration, service, report);
    remembering.wire(
        "remembering " + service + " in " + configuration.text(Settings.HOME) + " (engram status)");
    HttpCapture.start(configuration);
    CapturedArguments.start(configuration);
    Decisions.start(configuration);
    Capture.start(configuration, remembering.sink);
    ThrowCounts.start(remembering.throwCounts);
    ThrowCounts.capture(!Capture.isOff(configuration));
    remembering.recording.onWait(remembering::look, remembering.settings::isCapturing);
    Runtime.getRuntime().addShutdownHook(remembering.stopHook());
    return remembering;
  }

  /** From now on instrumentations can be switched, and what became of them is known. */
  void installed(Installer installer) {
    settings.installed(installer);
  }

  private void wire(String line) {
    recording.onOpen(
        () -> {
          salt(recording.home());
          sink.writeOnce();
          AgentLog.line(line);
          reportIfChanged();
        });
    recording.onBeat(this::beat);
    // What nobody takes need not be captured.
    recording.onRefusal(
        () -> {
          Capture.stop();
          ThrowCounts.capture(false);
          ResizedPools.end();
          CalledServices.end();
        });
  }

  private void beat() {
    EpochClock.SYSTEM.reanchor();
    look();
    OpenStreams.beat();
    Capture.beat();
    readings.beat();
    throwCounts.beat();
    ResizedPools.beat();
    CalledServices.beat();
    reportIfChanged();
  }

  /** At the files that others leave in the home. */
  private void look() {
    settings.beat();
    recall.beat();
    remedies.beat();
  }

  /** Nothing is said by halves: not before everything is in place. */
  private void reportIfChanged() {
    long now = settings.changes();
    if (now != reported && settings.installer() != null) {
      reported = now;
      recording.describeAgent(report.json(settings));
    }
  }

  /** Before there is a folder there is nothing that a gap could be in. */
  private void noteSwitch(Map<String, Object> said) {
    if (sink.isWritten()) {
      Capture.lifecycle("switched", said);
    }
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
  private Thread stopHook() {
    Runnable stop =
        () -> {
          OpenStreams.endAll();
          Capture.endHeld();
          if (sink.isWritten()) {
            throwCounts.tell();
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
