package dev.engram.agent.core.remedy;

import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The remedies in force, found by the failure they are for. Immutable but for its budgets. */
final class RemedyIndex {
  static final RemedyIndex EMPTY = new RemedyIndex(Remedies.NONE, Map.of());

  private final Map<Failure, Remedy> byFailure = new HashMap<>();
  private final Map<String, RetryBudget> budgets = new HashMap<>();

  private RemedyIndex(Remedies remedies, Map<String, RetryBudget> spent) {
    for (Remedy remedy : remedies.remedies()) {
      byFailure.put(new Failure(remedy.action(), remedy.fingerprint()), remedy);
      RetryBudget left = spent.get(remedy.action());
      budgets.putIfAbsent(remedy.action(), left == null ? new RetryBudget() : left);
    }
  }

  private record Failure(String action, long fingerprint) {}

  /** These instead; what was spent stays spent. */
  RemedyIndex with(Remedies remedies) {
    return new RemedyIndex(remedies, budgets);
  }

  boolean isEmpty() {
    return byFailure.isEmpty();
  }

  @Nullable Remedy find(String action, long fingerprint) {
    return byFailure.get(new Failure(action, fingerprint));
  }

  /** All remedies of a place share one; null where there is none. */
  @Nullable RetryBudget budget(String action) {
    return budgets.get(action);
  }
}
