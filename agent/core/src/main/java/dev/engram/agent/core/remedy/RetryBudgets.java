package dev.engram.agent.core.remedy;

import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is left at each place. What was spent stays spent while remedies come and go: a place that
 * fails and fails must not have a full bucket whenever its remedy is back. Filled by the control
 * thread, asked by any.
 */
final class RetryBudgets {
  /** Places that are remembered; those of remedies in force are, however many. */
  static final int MOST = 4 * Remedies.MOST;

  private final Map<String, RetryBudget> byAction = new ConcurrentHashMap<>();

  /** These are in force now: each place has one. */
  void keep(Remedies now) {
    Set<String> inForce =
        now.remedies().stream().map(Remedy::action).collect(Collectors.toUnmodifiableSet());
    inForce.forEach(action -> byAction.computeIfAbsent(action, absent -> new RetryBudget()));
    Iterator<Map.Entry<String, RetryBudget>> all = byAction.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, RetryBudget> each = all.next();
      boolean isWorthIt = !each.getValue().isFull() && byAction.size() <= MOST;
      if (!inForce.contains(each.getKey()) && !isWorthIt) {
        all.remove();
      }
    }
  }

  /** All remedies of a place share one; null where there never was one. */
  @Nullable RetryBudget of(String action) {
    return byAction.get(action);
  }

  int size() {
    return byAction.size();
  }
}
