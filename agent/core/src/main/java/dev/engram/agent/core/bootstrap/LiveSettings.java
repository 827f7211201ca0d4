package dev.engram.agent.core.bootstrap;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.SettingInForce;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.control.Switchboard;
import dev.engram.agent.core.instrument.Installer;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.thrown.ThrowCounts;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Switches;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force: those of the start, and over them what people switch. {@link #beat} is for
 * the writer thread alone; the rest may be called by any.
 */
final class LiveSettings {
  /** The instrumentation that sees them. */
  private static final String TRANSACTIONS = "jdbc";

  private final Switchboard switchboard;
  private final Consumer<Map<String, Object>> onSwitch;
  private final AtomicLong changes = new AtomicLong();
  private volatile Configuration inForce;
  private volatile @Nullable Installer installer;

  /** What the installer was told last; confined to the writer thread. */
  private Configuration instrumented;

  /**
   * The settings as they are until the first beat.
   *
   * @param onSwitch is told what is switched from now on
   */
  LiveSettings(Path home, Configuration atStart, Consumer<Map<String, Object>> onSwitch) {
    this.switchboard = new Switchboard(home, atStart, this::apply);
    this.onSwitch = onSwitch;
    this.inForce = atStart;
    this.instrumented = atStart;
  }

  /** Called about once a second. */
  void beat() {
    Switchboard.Status before = switchboard.status();
    switchboard.beat();
    if (switchboard.status() != before) {
      changes.incrementAndGet();
    }
    instrument();
  }

  /** Whether anything is captured at all. */
  boolean isCapturing() {
    return !Capture.isOff(inForce);
  }

  Configuration inForce() {
    return inForce;
  }

  Switchboard.Status switches() {
    return switchboard.status();
  }

  /** From now on instrumentations can be switched. */
  void installed(Installer nowInstalled) {
    installer = nowInstalled;
    Healing.seesTransactions(() -> nowInstalled.isWhole(TRANSACTIONS));
    changes.incrementAndGet();
  }

  /** Null until everything is in place. */
  @Nullable Installer installer() {
    return installer;
  }

  /** Rises with each change. */
  long changes() {
    Installer known = installer;
    return changes.get() + (known == null ? 0 : known.changes());
  }

  private void apply(Configuration configuration, Switches switches) {
    Capture.apply(configuration);
    ThrowCounts.capture(!Capture.isOff(configuration));
    Healing.level(HealLevel.of(configuration.text(Settings.HEAL)));
    inForce = configuration;
    instrument();
    Map<String, Object> said = new TreeMap<>();
    switches.values().forEach((key, value) -> said.put("engram." + key, value));
    said.put("engram.switches.serial", switches.serial());
    onSwitch.accept(said);
  }

  /** Instrumentations that come into place later are switched by the next beat. */
  private void instrument() {
    Installer known = installer;
    Configuration wanted = inForce;
    if (known == null || instrumented == wanted) {
      return;
    }
    for (SettingInForce setting : wanted.inForce()) {
      String name = setting.setting().instrumentation();
      if (name != null
          && wanted.instrumentationEnabled(name) != instrumented.instrumentationEnabled(name)) {
        switchTo(known, name, wanted.instrumentationEnabled(name));
      }
    }
    instrumented = wanted;
  }

  private static void switchTo(Installer known, String name, boolean enabled) {
    boolean inPlace = enabled ? known.switchOn(name) : known.switchOff(name);
    if (enabled && !inPlace) {
      AgentLog.line(
          "instrumentation " + name + " was not put in place at the start: restart the service");
    }
  }
}
