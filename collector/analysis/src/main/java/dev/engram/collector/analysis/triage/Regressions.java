package dev.engram.collector.analysis.triage;

import dev.engram.collector.analysis.Versions;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoreReader;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds resolved errors that happened again on a later version than the last that had any of the
 * group; instances of the old version that still run prove nothing. Where a service is not known to
 * have had it, a version is later that is new since it was resolved.
 */
public final class Regressions {
  /** Most exceptions without a version that are looked at, the latest. */
  private static final int LOOKED_AT = 100;

  private final StoreReader reader;
  private @Nullable List<Instance> instances;
  private @Nullable Versions versions;

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
    return versions().services().stream()
        .map(service -> new OfService(service, fingerprints, resolved))
        .filter(OfService::happenedSince)
        .flatMap(service -> service.again().stream())
        .findFirst();
  }

  /** A group in one service. Asks only whether there is an exception, not for all. */
  private final class OfService {
    private final String service;
    private final Collection<Long> fingerprints;
    private final Triage resolved;

    OfService(String service, Collection<Long> fingerprints, Triage resolved) {
      this.service = service;
      this.fingerprints = fingerprints;
      this.resolved = resolved;
    }

    boolean happenedSince() {
      return happened(resolved.sinceEpochNanos(), 0, Condition.ANY);
    }

    Optional<String> again() {
      long first = firstThatShouldBeFree();
      return versions().of(service).stream()
          .takeWhile(version -> versions().firstStart(service, version) >= first)
          .filter(version -> happened(resolved.sinceEpochNanos(), 0, on(version)))
          .findFirst()
          .or(this::againWithoutVersion);
    }

    /** When the first version was started on which it should not happen. */
    private long firstThatShouldBeFree() {
      String good = resolved.version();
      if (good != null) {
        return versions().firstStart(service, good);
      }
      long lastBad =
          versions().of(service).stream()
              .filter(version -> happened(0, resolved.sinceEpochNanos(), on(version)))
              .findFirst()
              .map(version -> versions().firstStart(service, version))
              .orElse(resolved.sinceEpochNanos());
      return lastBad + 1;
    }

    private Optional<String> againWithoutVersion() {
      boolean again =
          fingerprints.stream()
              .map(it -> filter(resolved.sinceEpochNanos(), 0, it, LOOKED_AT, on("")))
              .flatMap(filter -> reader.exceptions(filter).stream())
              .map(exception -> startedEpochNanos(exception.row().instance()))
              .anyMatch(started -> started > resolved.sinceEpochNanos());
      return again ? Optional.of("") : Optional.empty();
    }

    private boolean happened(long since, long until, Condition where) {
      return fingerprints.stream()
          .anyMatch(it -> !reader.exceptions(filter(since, until, it, 1, where)).isEmpty());
    }

    private ExceptionFilter filter(
        long since, long until, long fingerprint, int limit, Condition where) {
      return new ExceptionFilter(since, until, service, fingerprint, null, limit, where);
    }
  }

  private static Condition on(String version) {
    return Condition.equal("version", version);
  }

  /** Of one that is not known the earliest there is. */
  private long startedEpochNanos(InstanceId id) {
    return instances().stream()
        .filter(instance -> instance.id().equals(id))
        .mapToLong(Instance::startedEpochNanos)
        .findFirst()
        .orElse(Long.MIN_VALUE);
  }

  private Versions versions() {
    Versions known = versions;
    if (known == null) {
      known = new Versions(instances());
      versions = known;
    }
    return known;
  }

  private List<Instance> instances() {
    List<Instance> known = instances;
    if (known == null) {
      known = reader.instances();
      instances = known;
    }
    return known;
  }
}
