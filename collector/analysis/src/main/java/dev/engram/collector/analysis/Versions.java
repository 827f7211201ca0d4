package dev.engram.collector.analysis;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.Instance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of services. Of two the later is that which was first started later: an older one is
 * started again when its service needs more instances, and after a crash. Confined to one thread.
 */
public final class Versions {
  private final List<Instance> oneAfterTheOther;

  /** When each was first started, by service and version, the earliest first. */
  private final Map<String, Map<String, Long>> firstStarts = new HashMap<>();

  /**
   * A version that came, for the first time or again.
   *
   * @param first the instance that brought it
   * @param before the version that came before it; null where none is known
   */
  public record Deploy(Instance first, @Nullable String before) {}

  /** Those that these instances had. */
  public Versions(Collection<Instance> instances) {
    oneAfterTheOther =
        instances.stream()
            .sorted(
                comparingLong(Instance::startedEpochNanos)
                    .thenComparing(instance -> instance.id().toString()))
            .toList();
    for (Instance instance : oneAfterTheOther) {
      firstStarts
          .computeIfAbsent(instance.service(), service -> new LinkedHashMap<>())
          .putIfAbsent(instance.version(), instance.startedEpochNanos());
    }
  }

  public Set<String> services() {
    return Collections.unmodifiableSet(firstStarts.keySet());
  }

  /** Those of a service, the latest first; what has no name is none. */
  public List<String> of(String service) {
    List<String> versions = new ArrayList<>(firstStarts.getOrDefault(service, Map.of()).keySet());
    versions.removeIf(String::isEmpty);
    Collections.reverse(versions);
    return List.copyOf(versions);
  }

  /** In epoch nanoseconds; {@link Long#MAX_VALUE} for a version that never was. */
  public long firstStart(String service, String version) {
    return firstStarts.getOrDefault(service, Map.of()).getOrDefault(version, Long.MAX_VALUE);
  }

  /** Whether a version of a service is later than another; false of one that has no name. */
  public boolean isLater(String service, String version, String than) {
    return !version.isEmpty() && firstStart(service, version) > firstStart(service, than);
  }

  /**
   * The earliest first. A version comes when none of it runs, and another came last: with a second
   * instance of it none comes, nor with one that is started again.
   */
  public List<Deploy> deploys() {
    Map<String, String> last = new HashMap<>();
    List<Deploy> deploys = new ArrayList<>();
    for (Instance instance : oneAfterTheOther) {
      String before = last.get(instance.service());
      boolean comes = !instance.version().isEmpty() && !instance.version().equals(before);
      if (comes && !runsAlready(instance)) {
        deploys.add(new Deploy(instance, before));
        last.put(instance.service(), instance.version());
      }
    }
    return deploys;
  }

  private boolean runsAlready(Instance instance) {
    long start = instance.startedEpochNanos();
    return oneAfterTheOther.stream()
        .takeWhile(other -> other != instance)
        .filter(other -> other.service().equals(instance.service()))
        .filter(other -> other.version().equals(instance.version()))
        .anyMatch(other -> other.endedEpochNanos() == 0 || other.endedEpochNanos() > start);
  }
}
