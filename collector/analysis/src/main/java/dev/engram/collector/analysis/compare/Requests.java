package dev.engram.collector.analysis.compare;

import dev.engram.collector.analysis.gate.RunProfile;
import dev.engram.collector.analysis.gate.RunProfile.SeenTiming;
import dev.engram.collector.analysis.gate.RunProfile.Timed;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** One part of the memory, and how many requests each service answered in it. */
final class Requests {
  private final RunProfile profile;
  private final Map<String, Long> byService = new HashMap<>();

  Requests(RunProfile profile) {
    this.profile = profile;
    for (SeenTiming timing : profile.timings()) {
      if (timing.timed() == Timed.ROUTE) {
        byService.merge(timing.service(), timing.timing().count(), Long::sum);
      }
    }
  }

  RunProfile profile() {
    return profile;
  }

  /** Of several services together, as some errors are, among the requests of those. */
  Frequency frequency(Collection<String> services, long count) {
    return new Frequency(
        count, services.stream().mapToLong(it -> byService.getOrDefault(it, 0L)).sum());
  }
}
