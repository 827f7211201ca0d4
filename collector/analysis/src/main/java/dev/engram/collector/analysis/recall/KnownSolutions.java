package dev.engram.collector.analysis.recall;

import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.solution.Solutions;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What is known against the errors that services had lately. */
public final class KnownSolutions {
  /** Errors of all services: those seen last. */
  static final int LOOKED_AT = 200;

  /** Solutions of one error. */
  static final int MOST_OF_ONE = 3;

  /** Solutions that one service recalls. */
  static final int MOST_OF_SERVICE = 64;

  private KnownSolutions() {}

  /**
   * Of all services, those of the errors seen last first, and of one error the best first.
   *
   * @param catalogue what comes with this program; asked where there is any error
   * @param sinceEpochNanos errors not seen since are left out
   */
  public static List<KnownSolution> of(
      StoreReader reader, Supplier<List<Solution>> catalogue, long sinceEpochNanos) {
    List<ExceptionGroup> errors = latestFirst(reader, sinceEpochNanos);
    if (errors.isEmpty()) {
      return List.of();
    }
    List<KnowledgeRow> knowledge = reader.knowledge();
    Solutions solutions = Solutions.of(catalogue.get(), knowledge);
    Triages triages = Triages.of(knowledge);
    Map<Long, Set<Long>> groups = groups(errors, triages);
    Map<String, Integer> taken = new HashMap<>();
    List<KnownSolution> known = new ArrayList<>();
    for (ExceptionGroup error : errors.subList(0, Math.min(LOOKED_AT, errors.size()))) {
      Set<Long> group = groups.getOrDefault(triages.root(error.fingerprint()), Set.of());
      for (Solution solution : against(reader, solutions, group, error)) {
        for (String service : error.services()) {
          if (taken.merge(service, 1, Integer::sum) <= MOST_OF_SERVICE) {
            known.add(new KnownSolution(service, error, solution));
          }
        }
      }
    }
    return known;
  }

  private static List<ExceptionGroup> latestFirst(StoreReader reader, long sinceEpochNanos) {
    return reader
        .exceptionGroups(new ExceptionFilter(sinceEpochNanos, 0, null, 0, null, 0))
        .stream()
        .sorted(
            Comparator.comparingLong(ExceptionGroup::lastSeenEpochNanos)
                .reversed()
                .thenComparingLong(ExceptionGroup::fingerprint))
        .toList();
  }

  /** What people merged, by the one that they merged it into. */
  private static Map<Long, Set<Long>> groups(List<ExceptionGroup> errors, Triages triages) {
    Map<Long, Set<Long>> groups = new HashMap<>();
    for (ExceptionGroup error : errors) {
      long root = triages.root(error.fingerprint());
      groups.computeIfAbsent(root, absent -> new HashSet<>(List.of(root))).add(error.fingerprint());
    }
    return groups;
  }

  private static List<Solution> against(
      StoreReader reader, Solutions solutions, Set<Long> group, ExceptionGroup error) {
    ExceptionFilter last = new ExceptionFilter(0, 0, null, error.fingerprint(), null, 1);
    for (StoredException seen : reader.exceptions(last)) {
      return solutions.against(group, seen.row().stack()).stream().limit(MOST_OF_ONE).toList();
    }
    return List.of();
  }
}
