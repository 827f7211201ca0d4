package dev.engram.collector.analysis.solution;

import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.ThrownStack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is known against errors: the catalogue, and what people said. Thread-safe. */
public final class Solutions {
  /** What can be said of a solution; each is a property of {@link KnowledgeRow}. */
  public static final String REMEDY = "remedy";

  public static final String CAUSE = "cause";
  public static final String LINK = "link";

  /** Its value is the fingerprint of the error group that it is for. */
  public static final String ERROR = "error";

  public static final String TYPE = "type";
  public static final String MESSAGE = "message";

  /** Its value is the fingerprint of the error group that it was tried against. */
  public static final String WORKED = "worked";

  /** The same. */
  public static final String FAILED = "failed";

  private static final int MAX_CAUSES = 64;

  private final List<Solution> all;
  private final Map<Long, List<Candidate>> byFingerprint = new HashMap<>();
  private final Map<String, List<Candidate>> byType = new HashMap<>();
  private final List<Candidate> ofAnyType = new ArrayList<>();

  /** A solution, with its messages ready to be compared. */
  private record Candidate(Solution solution, List<MessagePattern> messages) {
    static Candidate of(Solution solution) {
      return new Candidate(
          solution, solution.symptom().messages().stream().map(MessagePattern::new).toList());
    }

    boolean fits(String message) {
      return messages.isEmpty() || messages.stream().anyMatch(it -> it.isIn(message));
    }
  }

  private Solutions(List<Solution> all) {
    this.all = all.stream().sorted(Solution.BEST_FIRST).toList();
    this.all.forEach(this::index);
  }

  /**
   * All of them.
   *
   * @param knowledge the earliest first
   */
  public static Solutions of(List<Solution> catalogue, List<KnowledgeRow> knowledge) {
    Triages triages = Triages.of(knowledge);
    Map<String, SolutionDraft> drafts = new LinkedHashMap<>();
    for (KnowledgeRow row : knowledge) {
      if (row.subject().equals(KnowledgeRow.SOLUTION)) {
        drafts.computeIfAbsent(row.subjectId(), id -> new SolutionDraft(triages)).take(row);
      }
    }
    List<Solution> all = new ArrayList<>();
    for (Solution shipped : catalogue) {
      SolutionDraft draft = drafts.remove(shipped.id());
      all.add(draft == null ? shipped : draft.on(shipped));
    }
    drafts.forEach((id, draft) -> draft.solution(id).ifPresent(all::add));
    return new Solutions(all);
  }

  private void index(Solution solution) {
    Candidate candidate = Candidate.of(solution);
    Symptom symptom = solution.symptom();
    if (symptom.fingerprint() != 0) {
      byFingerprint
          .computeIfAbsent(symptom.fingerprint(), fingerprint -> new ArrayList<>())
          .add(candidate);
    } else if (symptom.types().isEmpty()) {
      ofAnyType.add(candidate);
    }
    for (String type : symptom.types()) {
      byType.computeIfAbsent(type, name -> new ArrayList<>()).add(candidate);
    }
  }

  /** All, the best first. */
  public List<Solution> all() {
    return all;
  }

  /** Those whose id begins so, the best first. */
  public List<Solution> beginning(String id) {
    List<Solution> exact = all.stream().filter(it -> it.id().equalsIgnoreCase(id)).toList();
    return exact.isEmpty()
        ? all.stream().filter(it -> it.id().regionMatches(true, 0, id, 0, id.length())).toList()
        : exact;
  }

  /**
   * Those for this error, the best first.
   *
   * @param fingerprints of its group
   */
  public List<Solution> against(Collection<Long> fingerprints, ThrownStack thrown) {
    Set<Solution> found = new LinkedHashSet<>();
    for (long fingerprint : fingerprints) {
      byFingerprint.getOrDefault(fingerprint, List.of()).forEach(it -> found.add(it.solution()));
    }
    ThrownStack next = thrown;
    for (int i = 0; i < MAX_CAUSES && next != null; i++) {
      addFitting(next, found);
      next = next.cause();
    }
    return found.stream().sorted(Solution.BEST_FIRST).toList();
  }

  private void addFitting(ThrownStack thrown, Set<Solution> found) {
    String message = MessagePattern.comparable(thrown.message() == null ? "" : thrown.message());
    for (Candidate candidate : byType.getOrDefault(thrown.type(), List.of())) {
      if (candidate.fits(message)) {
        found.add(candidate.solution());
      }
    }
    for (Candidate candidate : ofAnyType) {
      if (!candidate.messages().isEmpty() && candidate.fits(message)) {
        found.add(candidate.solution());
      }
    }
  }
}
