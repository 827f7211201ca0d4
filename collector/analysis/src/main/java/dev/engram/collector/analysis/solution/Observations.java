package dev.engram.collector.analysis.solution;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.solution.LastSeenBefore.Change;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds after which changes an error group was not seen again. Two instances of a service are
 * compared that were started one after the other, the first of which had the error. The second
 * counts as free of it only when, at the rate of the first, it would have had it {@link #EXPECTED}
 * times: by chance that happens once in twenty.
 */
public final class Observations {
  private static final double EXPECTED = 3;

  /** Most exceptions of a fingerprint that are looked at, the latest. */
  private static final int LOOKED_AT = 1_000;

  private final long nowEpochNanos;
  private final Map<InstanceId, Integer> counts = new HashMap<>();
  private final Map<Change, List<Boolean>> held = new EnumMap<>(Change.class);
  private final Map<Change, String> versions = new EnumMap<>(Change.class);

  /** Nothing is known of instances that were started before. */
  private long knownSince = Long.MIN_VALUE;

  private Observations(long nowEpochNanos) {
    this.nowEpochNanos = nowEpochNanos;
  }

  /**
   * The changes, those first that held most surely.
   *
   * @param fingerprints of the group
   */
  public static List<LastSeenBefore> of(
      StoreReader reader, Collection<Long> fingerprints, long nowEpochNanos) {
    Observations observations = new Observations(nowEpochNanos);
    for (long fingerprint : fingerprints) {
      observations.count(
          reader.exceptions(new ExceptionFilter(0, 0, null, fingerprint, null, LOOKED_AT)));
    }
    reader.instances().stream()
        .filter(instance -> instance.startedEpochNanos() >= observations.knownSince)
        .sorted(comparingLong(Instance::startedEpochNanos))
        .collect(groupingBy(Instance::service))
        .values()
        .forEach(observations::compare);
    return observations.found();
  }

  private void count(List<StoredException> latestFirst) {
    latestFirst.forEach(it -> counts.merge(it.row().instance(), 1, Integer::sum));
    if (latestFirst.size() == LOOKED_AT) {
      long oldest = latestFirst.get(LOOKED_AT - 1).row().timeEpochNanos();
      knownSince = Math.max(knownSince, oldest);
    }
  }

  private void compare(List<Instance> oneAfterTheOther) {
    for (int i = 1; i < oneAfterTheOther.size(); i++) {
      Instance before = oneAfterTheOther.get(i - 1);
      Instance after = oneAfterTheOther.get(i);
      boolean changed = change(before, after) != Change.RESTART;
      if (counts.containsKey(before.id()) && (changed || follows(before, after))) {
        note(before, after);
      }
    }
  }

  /** One that was started beside the other is no restart of it. */
  private static boolean follows(Instance before, Instance after) {
    return before.endedEpochNanos() != 0 && before.endedEpochNanos() <= after.startedEpochNanos();
  }

  private void note(Instance before, Instance after) {
    boolean again = counts.containsKey(after.id());
    double rate = counts.getOrDefault(before.id(), 0) / (double) Math.max(1, uptime(before));
    if (again || rate * uptime(after) >= EXPECTED) {
      Change change = change(before, after);
      held.computeIfAbsent(change, it -> new ArrayList<>()).add(!again);
      if (!again) {
        versions.put(change, version(change, after));
      }
    }
  }

  private long uptime(Instance instance) {
    long end = instance.endedEpochNanos() == 0 ? nowEpochNanos : instance.endedEpochNanos();
    return end - instance.startedEpochNanos();
  }

  private static Change change(Instance before, Instance after) {
    if (!before.version().equals(after.version())) {
      return Change.NEW_VERSION;
    }
    return runtime(before).equals(runtime(after)) ? Change.RESTART : Change.NEW_RUNTIME;
  }

  private static String version(Change change, Instance after) {
    return switch (change) {
      case NEW_VERSION -> after.version();
      case NEW_RUNTIME -> runtime(after);
      case RESTART -> "";
    };
  }

  private static String runtime(Instance instance) {
    return instance.attributes().getOrDefault("process.runtime.version", "").toString();
  }

  private List<LastSeenBefore> found() {
    List<LastSeenBefore> found = new ArrayList<>();
    versions.forEach(
        (change, version) -> {
          List<Boolean> all = held.getOrDefault(change, List.of());
          long good = all.stream().filter(it -> it).count();
          found.add(new LastSeenBefore(change, version, new Proportion(good, all.size())));
        });
    found.sort(comparingDouble((LastSeenBefore it) -> it.held().low()).reversed());
    return found;
  }
}
