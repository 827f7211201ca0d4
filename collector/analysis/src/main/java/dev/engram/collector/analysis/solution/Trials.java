package dev.engram.collector.analysis.solution;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.store.KnowledgeRow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a solution worked: the last word of each person on each error. */
final class Trials {
  private record Trial(@Nullable String author, String fingerprint) {}

  private final Map<Trial, Boolean> worked = new HashMap<>();

  void add(KnowledgeRow row, boolean success) {
    worked.put(new Trial(row.author(), row.value()), success);
  }

  Proportion success() {
    return new Proportion(worked.values().stream().filter(it -> it).count(), worked.size());
  }
}
