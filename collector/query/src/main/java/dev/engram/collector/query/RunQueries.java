package dev.engram.collector.query;

import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.gate.RunProfile;
import dev.engram.collector.analysis.gate.RunProfiles;
import dev.engram.collector.analysis.gate.RunWindow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.StoreReader;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The questions people ask of runs: parts of the memory that a label, or a service, names. */
public final class RunQueries {
  /**
   * An instance began when it offered its first record; what that record tells of began before it.
   * No two JVMs one after the other lie closer together.
   */
  private static final long BEFORE_FIRST_RECORD = 250_000_000;

  /** An instance's end is its last heartbeat; they are a second apart. */
  private static final long AFTER_LAST_HEARTBEAT = 1_500_000_000;

  private final StoreReader reader;
  private final Supplier<Prices> prices;

  RunQueries(StoreReader reader, Supplier<Prices> prices) {
    this.reader = reader;
    this.prices = prices;
  }

  /** Labels of runs, in alphabetical order. */
  public List<String> labels() {
    return reader.instances().stream()
        .map(RunQueries::label)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The services of a run, each from its first instance's start to its last one's end; empty when
   * there is no such run.
   *
   * @param label null for all that is remembered
   * @param service null for all
   */
  public List<RunWindow> windows(@Nullable String label, @Nullable String service) {
    TreeMap<String, RunWindow> windows = new TreeMap<>();
    for (Instance instance : reader.instances()) {
      boolean asked = service == null || service.equals(instance.service());
      if (asked && (label == null || label.equals(label(instance)))) {
        windows.merge(instance.service(), window(instance), RunQueries::around);
      }
    }
    return List.copyOf(windows.values());
  }

  /** What was done in these windows. */
  public RunProfile profile(List<RunWindow> windows) {
    return RunProfiles.of(reader, prices.get(), windows);
  }

  /** What was lost in these windows. */
  public List<Loss> losses(List<RunWindow> windows) {
    Losses losses = new Losses(reader);
    return windows.stream()
        .flatMap(
            window ->
                losses
                    .of(
                        new Range(
                            window.sinceEpochNanos(),
                            window.untilEpochNanos(),
                            window.service(),
                            0))
                    .stream())
        .toList();
  }

  private static @Nullable String label(Instance instance) {
    return instance.attributes().get(Instance.LABEL) instanceof String label ? label : null;
  }

  private static RunWindow window(Instance instance) {
    long end = instance.endedEpochNanos();
    return new RunWindow(
        instance.service(),
        Math.max(0, instance.startedEpochNanos() - BEFORE_FIRST_RECORD),
        end == 0 ? 0 : end + AFTER_LAST_HEARTBEAT);
  }

  private static RunWindow around(RunWindow one, RunWindow other) {
    boolean open = one.untilEpochNanos() == 0 || other.untilEpochNanos() == 0;
    return new RunWindow(
        one.service(),
        Math.min(one.sinceEpochNanos(), other.sinceEpochNanos()),
        open ? 0 : Math.max(one.untilEpochNanos(), other.untilEpochNanos()));
  }
}
