package dev.engram.collector.analysis;

import dev.engram.collector.analysis.triage.Triage;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of one fingerprint, and of those that people merged into it, as people look at them.
 *
 * @param label the id users type, see {@link ErrorLabel}
 * @param type of the latest exception
 * @param message of the latest exception
 * @param services in alphabetical order
 * @param trend how many fell into each of equally long parts of the time asked about, oldest first
 * @param triage where it stands
 * @param merged the other fingerprints of the group among what was asked about, in order
 */
public record ErrorGroup(
    String label,
    long fingerprint,
    String type,
    @Nullable String message,
    long count,
    long firstSeenEpochNanos,
    long lastSeenEpochNanos,
    List<String> services,
    List<Long> trend,
    Triage triage,
    List<Long> merged) {
  /** All fingerprints of the group. */
  public List<Long> fingerprints() {
    return Stream.concat(Stream.of(fingerprint), merged.stream()).toList();
  }
}
