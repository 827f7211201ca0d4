package dev.engram.collector.query;

import dev.engram.collector.store.Accounting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The books: every term of the promise to lose nothing silently.
 *
 * @param total the sums over all instances
 * @param instances newest start first
 */
public record AccountingReport(Accounting total, List<InstanceAccounting> instances) {
  public AccountingReport {
    instances = List.copyOf(instances);
  }

  /**
   * The books of the instances that started since then, with their own total.
   *
   * @param service null for any
   */
  public AccountingReport of(long sinceEpochNanos, @Nullable String service) {
    return Books.report(
        instances.stream()
            .filter(instance -> instance.startedEpochNanos() >= sinceEpochNanos)
            .filter(instance -> service == null || instance.service().equals(service))
            .toList());
  }

  /** Values that can never be, such as negative ones; empty when the books are sound. */
  public List<String> impossible() {
    return findings(AccountingChecks::impossible);
  }

  /**
   * Sums that do not hold or cannot be shown to, and records that nobody has collected; expected
   * while instances run, a defect once everything is drained.
   */
  public List<String> unsettled() {
    List<String> findings = new ArrayList<>();
    for (InstanceAccounting instance : instances) {
      if (instance.damage() != null) {
        findings.add(instance.name() + ": " + instance.damage() + ", its sums cannot be shown");
      }
    }
    findings.addAll(findings(AccountingChecks::unsettled));
    return List.copyOf(findings);
  }

  /** The checks of each instance; of the total only when no instance explains them. */
  private List<String> findings(Check check) {
    List<String> findings = new ArrayList<>();
    for (InstanceAccounting instance : instances) {
      check.of(instance.accounting()).forEach(line -> findings.add(instance.name() + ": " + line));
    }
    if (findings.isEmpty()) {
      check.of(total).forEach(line -> findings.add("total: " + line));
    }
    return List.copyOf(findings);
  }

  private interface Check {
    List<String> of(Accounting accounting);
  }
}
