package dev.engram.agent.core.runtime;

import dev.engram.agent.core.capture.Capture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the readings when they are due and remembers them. What cannot be read is left out. Used by
 * one thread.
 */
public final class Readings {
  /** Where a reading goes, under its OpenTelemetry name and in its unit. */
  interface Target {
    void put(String name, String unit, double value, Map<String, Object> attributes);
  }

  /** Something that can be read. */
  interface Source {
    void read(Target target);
  }

  private final LongSupplier nanoTime;
  private final Target target;
  private final Path home;
  private final long intervalNanos;
  private @Nullable List<Source> sources;
  private long dueAt;

  /**
   * Readings that {@link Capture} remembers.
   *
   * @param home the memory home, whose disk is read
   * @param interval between two readings, and before the first; zero for none
   */
  public Readings(Path home, Duration interval) {
    this(home, interval, System::nanoTime, Capture::measurement);
  }

  Readings(Path home, Duration interval, LongSupplier nanoTime, Target target) {
    this.home = home;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.target = target;
    dueAt = nanoTime.getAsLong() + intervalNanos;
  }

  /** Called about once a second; never throws. */
  public void beat() {
    long now = nanoTime.getAsLong();
    if (intervalNanos > 0 && now - dueAt >= 0) {
      dueAt = now + intervalNanos;
      sources().forEach(this::read);
    }
  }

  private void read(Source source) {
    try {
      source.read(target);
    } catch (RuntimeException | LinkageError notOnThisJvm) {
      // The other readings are worth as much without it.
    }
  }

  private List<Source> sources() {
    List<Source> known = sources;
    if (known == null) {
      known =
          List.of(
              new MemoryReadings(),
              new GarbageCollectionReadings(),
              new JvmReadings(),
              new HomeDisk(home),
              new PoolReadings());
      sources = known;
    }
    return known;
  }
}
