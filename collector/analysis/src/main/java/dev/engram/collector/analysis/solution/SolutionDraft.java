package dev.engram.collector.analysis.solution;

import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.store.KnowledgeRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people said of one solution; the later word counts. */
final class SolutionDraft {
  private final Trials trials;
  private final Map<String, String> properties = new HashMap<>();
  private @Nullable String author;
  private @Nullable String comment;
  private long toldEpochNanos;

  /** Of a solution that nothing is known of yet. */
  SolutionDraft(Triages triages) {
    this.trials = new Trials(triages);
  }

  void take(KnowledgeRow row) {
    switch (row.property()) {
      case Solutions.WORKED -> trials.add(row, true);
      case Solutions.FAILED -> trials.add(row, false);
      case KnowledgeRow.COMMENT -> comment = row.value();
      default -> {
        properties.put(row.property(), row.value());
        author = row.author();
        toldEpochNanos = Math.max(1, row.timeEpochNanos());
      }
    }
  }

  /** Empty when nobody wrote what to do: whoever told it was interrupted. */
  Optional<Solution> solution(String id) {
    String remedy = property(Solutions.REMEDY);
    return remedy == null
        ? Optional.empty()
        : Optional.of(
            new Solution(
                id,
                symptom(),
                property(Solutions.CAUSE),
                remedy,
                property(Solutions.LINK),
                author,
                toldEpochNanos,
                trials.success(),
                trials.lastEpochNanos(),
                comment));
  }

  /** What came with this program, with what people said of it; the rest they cannot change. */
  Solution on(Solution shipped) {
    return shipped.with(trials.success(), trials.lastEpochNanos(), comment);
  }

  private Symptom symptom() {
    String error = property(Solutions.ERROR);
    return (error == null ? Optional.<Long>empty() : Triages.fingerprint(error))
        .map(Symptom::ofGroup)
        .orElseGet(() -> Symptom.ofKind(property(Solutions.TYPE), property(Solutions.MESSAGE)));
  }

  private @Nullable String property(String name) {
    String value = properties.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
