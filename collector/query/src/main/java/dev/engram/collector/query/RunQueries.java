package dev.engram.collector.query;

import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.gate.RunProfile;
import dev.engram.collector.analysis.gate.RunProfiles;
import dev.engram.collector.analysis.gate.RunWindow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.StoreReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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

  private static final Comparator<Instance> BY_SERVICE_AND_START =
      Comparator.comparing(Instance::service).thenComparingLong(Instance::startedEpochNanos);

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
   * When the instances of a run were there, by service and begin; those of a service that overlap
   * are one. Of a label they leave out what other runs did in between; of all that is remembered
   * each service has one, from its first instance's start to its last one's end. Empty when there
   * is no such run.
   *
   * @param label null for all that is remembered
   * @param service null for all
   */
  public List<RunWindow> windows(@Nullable String label, @Nullable String service) {
    List<Instance> all = reader.instances();
    List<RunWindow> windows = new ArrayList<>();
    all.stream()
        .filter(instance -> service == null || service.equals(instance.service()))
        .filter(instance -> label == null || label.equals(label(instance)))
        .sorted(BY_SERVICE_AND_START)
        .map(
            instance -> label == null ? window(instance, 0) : window(instance, next(all, instance)))
        .forEach(window -> add(window, label != null, windows));
    return List.copyOf(windows);
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
        .distinct()
        .toList();
  }

  private static @Nullable String label(Instance instance) {
    return instance.attributes().get(Instance.LABEL) instanceof String label ? label : null;
  }

  /** When the service next began under another label, or without one; 0 when it did not. */
  private static long next(List<Instance> all, Instance instance) {
    return all.stream()
        .filter(other -> other.service().equals(instance.service()))
        .filter(other -> !Objects.equals(label(other), label(instance)))
        .mapToLong(RunQueries::begin)
        .filter(begin -> begin > begin(instance))
        .min()
        .orElse(0);
  }

  /**
   * When this instance was there.
   *
   * @param next where one ends whose end nobody knows: runs of a service follow one another
   */
  static RunWindow window(Instance instance, long next) {
    long end = instance.endedEpochNanos();
    return new RunWindow(
        instance.service(), begin(instance), end == 0 ? next : end + AFTER_LAST_HEARTBEAT);
  }

  private static long begin(Instance instance) {
    return Math.max(0, instance.startedEpochNanos() - BEFORE_FIRST_RECORD);
  }

  /**
   * Adds one to those that began before.
   *
   * @param apart whether one that begins after the end of the last is another one
   */
  private static void add(RunWindow window, boolean apart, List<RunWindow> windows) {
    RunWindow last = windows.isEmpty() ? null : windows.get(windows.size() - 1);
    if (last == null || !Objects.equals(last.service(), window.service())) {
      windows.add(window);
    } else if (apart && end(last) < window.sinceEpochNanos()) {
      windows.add(window);
    } else {
      long until = end(last) < end(window) ? window.untilEpochNanos() : last.untilEpochNanos();
      windows.set(windows.size() - 1, new RunWindow(last.service(), last.sinceEpochNanos(), until));
    }
  }

  private static long end(RunWindow window) {
    return window.untilEpochNanos() == 0 ? Long.MAX_VALUE : window.untilEpochNanos();
  }
}
