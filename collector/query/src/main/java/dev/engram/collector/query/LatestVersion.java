package dev.engram.collector.query;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.analysis.Versions;
import dev.engram.collector.store.Instance;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Of some services the version that came last.
 *
 * @param firstStartEpochNanos when it did
 */
public record LatestVersion(String service, String version, long firstStartEpochNanos) {
  /** Empty where no version has a name. */
  static Optional<LatestVersion> of(Collection<String> services, List<Instance> instances) {
    Versions versions = new Versions(instances);
    return services.stream()
        .flatMap(
            service ->
                versions.of(service).stream()
                    .limit(1)
                    .map(it -> new LatestVersion(service, it, versions.firstStart(service, it))))
        .max(comparingLong(LatestVersion::firstStartEpochNanos));
  }
}
