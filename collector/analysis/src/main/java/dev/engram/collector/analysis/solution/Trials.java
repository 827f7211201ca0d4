package dev.engram.collector.analysis.solution;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.store.KnowledgeRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a solution worked: the last word of each person on each error group. */
final class Trials {
  private record Trial(@Nullable String author, Optional<Long> group) {}

  private final Triages triages;
  private final Map<Trial, Boolean> worked = new HashMap<>();

  private long last;

  Trials(Triages triages) {
    this.triages = triages;
  }

  void add(KnowledgeRow row, boolean success) {
    Optional<Long> group = Triages.fingerprint(row.value()).map(triages::root);
    worked.put(new Trial(row.author(), group), success);
    last = Math.max(last, row.timeEpochNanos());
  }

  /** When somebody said last whether it did; 0 where nobody did. */
  long lastEpochNanos() {
    return last;
  }

  Proportion success() {
    return new Proportion(worked.values().stream().filter(it -> it).count(), worked.size());
  }
}
