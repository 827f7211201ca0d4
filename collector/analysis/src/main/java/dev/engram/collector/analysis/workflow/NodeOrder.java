package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Ancestors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of a run's nodes. Branches that ran at the same time come by name, so that chance makes
 * no two orders of one way; what ran within a node comes behind it. Pure.
 */
final class NodeOrder {
  /** A node may be noted as ended a moment after the next one began. */
  private static final long OVERLAP_NANOS = 1_000_000;

  /** Longest loop that is looked for. */
  private static final int MAX_LOOP = 20;

  private static final Comparator<NodeVisit> BY_START =
      Comparator.comparingLong(NodeVisit::startEpochNanos)
          .thenComparing(visit -> visit.key().spanId());

  private NodeOrder() {}

  /**
   * The visits in order.
   *
   * @param parents of the visits that lie within another one of the same run, that one's key
   */
  static List<NodeVisit> of(List<NodeVisit> visits, Map<Ancestors.Key, Ancestors.Key> parents) {
    Map<Ancestors.Key, List<NodeVisit>> within = new HashMap<>();
    List<NodeVisit> roots = new ArrayList<>();
    for (NodeVisit visit : visits) {
      Ancestors.Key parent = parents.get(visit.key());
      if (parent == null) {
        roots.add(visit);
      } else {
        within.computeIfAbsent(parent, key -> new ArrayList<>()).add(visit);
      }
    }
    List<NodeVisit> ordered = new ArrayList<>(visits.size());
    Set<Ancestors.Key> placed = new HashSet<>();
    place(roots, within, placed, ordered);
    return List.copyOf(ordered);
  }

  /** Names with each loop as if it had run once: a b a b c is a b c. */
  static List<String> variant(List<NodeVisit> ordered) {
    List<String> names = new ArrayList<>();
    for (NodeVisit visit : ordered) {
      names.add(visit.name());
      dropRepetition(names);
    }
    return List.copyOf(names);
  }

  private static void place(
      List<NodeVisit> siblings,
      Map<Ancestors.Key, List<NodeVisit>> within,
      Set<Ancestors.Key> placed,
      List<NodeVisit> ordered) {
    for (NodeVisit visit : sorted(siblings)) {
      if (placed.add(visit.key())) {
        ordered.add(visit);
        place(within.getOrDefault(visit.key(), List.of()), within, placed, ordered);
      }
    }
  }

  private static List<NodeVisit> sorted(List<NodeVisit> siblings) {
    List<NodeVisit> sorted = new ArrayList<>(siblings);
    sorted.sort(BY_START);
    int first = 0;
    long end = Long.MIN_VALUE;
    for (int i = 0; i < sorted.size(); i++) {
      if (i > 0 && !runsBeside(sorted.get(i), sorted.get(i - 1), end)) {
        byName(sorted.subList(first, i));
        first = i;
        end = Long.MIN_VALUE;
      }
      end = Math.max(end, sorted.get(i).endEpochNanos());
    }
    byName(sorted.subList(first, sorted.size()));
    return sorted;
  }

  private static boolean runsBeside(NodeVisit visit, NodeVisit before, long endEpochNanos) {
    return visit.startEpochNanos() + OVERLAP_NANOS < endEpochNanos
        && !before.name().equals(visit.from());
  }

  private static void byName(List<NodeVisit> parallel) {
    parallel.sort(Comparator.comparing(NodeVisit::name).thenComparing(BY_START));
  }

  private static void dropRepetition(List<String> names) {
    int size = names.size();
    for (int length = 1; length <= Math.min(MAX_LOOP, size / 2); length++) {
      List<String> last = names.subList(size - length, size);
      if (last.equals(names.subList(size - 2 * length, size - length))) {
        last.clear();
        return;
      }
    }
  }
}
