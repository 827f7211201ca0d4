package dev.engram.collector.analysis.triage;

import static java.util.stream.Collectors.toMap;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds resolved errors that happened again on a later version. Which version is later is told by
 * when each was first started; instances of the old version that still run prove nothing.
 */
public final class Regressions {
  /** Most exceptions of a fingerprint that are looked at, the latest. */
  private static final int LOOKED_AT = 1_000;

  private final StoreReader reader;
  private @Nullable List<Instance> instances;
  private @Nullable Map<InstanceId, Instance> byId;

  /** Asks only when there is something to find. */
  public Regressions(StoreReader reader) {
    this.reader = reader;
  }

  /**
   * The version on which it happened again: empty text where versions are not known.
   *
   * @param fingerprints all of the group
   */
  public Optional<String> of(Collection<Long> fingerprints, Triage resolved) {
    for (long fingerprint : fingerprints) {
      Map<String, Long> lastBadStarts = new HashMap<>();
      for (Instance instance : hit(resolved.sinceEpochNanos(), 0, null, fingerprint)) {
        long badStart =
            lastBadStarts.computeIfAbsent(
                instance.service(), service -> lastBadStart(service, fingerprint, resolved));
        if (isLater(instance, badStart, resolved)) {
          return Optional.of(instance.version());
        }
      }
    }
    return Optional.empty();
  }

  private boolean isLater(Instance instance, long lastBadStart, Triage resolved) {
    if (instance.version().isEmpty()) {
      return instance.startedEpochNanos() > resolved.sinceEpochNanos();
    }
    long first = firstStart(instance.service(), instance.version());
    String good = resolved.version();
    return good == null ? first > lastBadStart : first >= firstStart(instance.service(), good);
  }

  /** Of the versions of a service on which it happened before it was resolved. */
  private long lastBadStart(String service, long fingerprint, Triage resolved) {
    return hit(0, resolved.sinceEpochNanos(), service, fingerprint).stream()
        .mapToLong(instance -> firstStart(service, instance.version()))
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** The instances in which it happened. */
  private Set<Instance> hit(long since, long until, @Nullable String service, long fingerprint) {
    Set<Instance> hit = new LinkedHashSet<>();
    for (StoredException exception :
        reader.exceptions(
            new ExceptionFilter(since, until, service, fingerprint, null, LOOKED_AT))) {
      Instance instance = byId().get(exception.row().instance());
      if (instance != null) {
        hit.add(instance);
      }
    }
    return hit;
  }

  /** Later than all for a version that never was. */
  private long firstStart(String service, String version) {
    return instances().stream()
        .filter(it -> it.service().equals(service) && it.version().equals(version))
        .mapToLong(Instance::startedEpochNanos)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private List<Instance> instances() {
    List<Instance> known = instances;
    if (known == null) {
      known = reader.instances();
      instances = known;
    }
    return known;
  }

  private Map<InstanceId, Instance> byId() {
    Map<InstanceId, Instance> known = byId;
    if (known == null) {
      known = instances().stream().collect(toMap(Instance::id, instance -> instance));
      byId = known;
    }
    return known;
  }
}
