package dev.engram.collector.analysis.solution;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.Versions;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds after which changes an error group was not seen again. Two instances of a service are
 * compared that were started one after the other, the first of which had the error. The second
 * counts as free of it only when, at the rate of the first, it would have had it in {@link
 * #EXPECTED} of its hours: where hours with the error come independently, chance does that once in
 * twenty. Hours are counted because errors come in bursts: all of an outage are one event.
 */
public final class Observations {
  private static final double EXPECTED = 3;

  /** Most exceptions of a fingerprint that are looked at, the latest. */
  private static final int LOOKED_AT = 1_000;

  private final long nowEpochNanos;
  private final Versions known;

  /** In which hours it was seen in an instance. */
  private final Map<InstanceId, Set<Long>> hours = new HashMap<>();

  private final Map<Change, List<Boolean>> held = new EnumMap<>(Change.class);
  private final Map<Change, String> versions = new EnumMap<>(Change.class);

  /** It may have happened before, too: that an instance is free of it, is not known from before. */
  private long knownSince = Long.MIN_VALUE;

  private Observations(List<Instance> instances, long nowEpochNanos) {
    this.known = new Versions(instances);
    this.nowEpochNanos = nowEpochNanos;
  }

  /**
   * The changes, those first that held most surely.
   *
   * @param fingerprints of the group
   */
  public static List<LastSeenBefore> of(
      StoreReader reader, Collection<Long> fingerprints, long nowEpochNanos) {
    List<Instance> instances = reader.instances();
    Observations observations = new Observations(instances, nowEpochNanos);
    for (long fingerprint : fingerprints) {
      observations.count(
          reader.exceptions(new ExceptionFilter(0, 0, null, fingerprint, null, LOOKED_AT)));
    }
    instances.stream()
        .filter(instance -> observations.uptime(instance) > 0)
        .sorted(comparingLong(Instance::startedEpochNanos))
        .collect(groupingBy(Instance::service))
        .values()
        .forEach(observations::compare);
    return observations.found();
  }

  private void count(List<StoredException> latestFirst) {
    for (StoredException exception : latestFirst) {
      hours
          .computeIfAbsent(exception.row().instance(), instance -> new HashSet<>())
          .add(TimeUnit.NANOSECONDS.toHours(exception.row().timeEpochNanos()));
    }
    if (latestFirst.size() == LOOKED_AT) {
      long oldest = latestFirst.get(LOOKED_AT - 1).row().timeEpochNanos();
      knownSince = Math.max(knownSince, oldest);
    }
  }

  private void compare(List<Instance> oneAfterTheOther) {
    for (int i = 1; i < oneAfterTheOther.size(); i++) {
      Instance before = oneAfterTheOther.get(i - 1);
      Instance after = oneAfterTheOther.get(i);
      if (hours.containsKey(before.id()) && after.startedEpochNanos() >= knownSince) {
        change(before, after).ifPresent(change -> note(change, before, after));
      }
    }
  }

  /** One that was started beside the other is no restart of it. */
  private static boolean follows(Instance before, Instance after) {
    return before.endedEpochNanos() != 0 && before.endedEpochNanos() <= after.startedEpochNanos();
  }

  private void note(Change change, Instance before, Instance after) {
    boolean again = hours.containsKey(after.id());
    int seen = hours.getOrDefault(before.id(), Set.of()).size();
    if (again || (double) seen / uptime(before) * uptime(after) >= EXPECTED) {
      held.computeIfAbsent(change, it -> new ArrayList<>()).add(!again);
      if (!again) {
        versions.put(change, version(change, after));
      }
    }
  }

  /** Not above 0 where a clock was set back. */
  private long uptime(Instance instance) {
    long end = instance.endedEpochNanos() == 0 ? nowEpochNanos : instance.endedEpochNanos();
    return end - instance.startedEpochNanos();
  }

  /** Empty where nothing is later: an older version, or one beside the other. */
  private Optional<Change> change(Instance before, Instance after) {
    if (!before.version().equals(after.version())) {
      return known.isLater(after.service(), after.version(), before.version())
          ? Optional.of(Change.NEW_VERSION)
          : Optional.empty();
    }
    if (!runtime(before).equals(runtime(after))) {
      return Optional.of(Change.NEW_RUNTIME);
    }
    return follows(before, after) ? Optional.of(Change.RESTART) : Optional.empty();
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
