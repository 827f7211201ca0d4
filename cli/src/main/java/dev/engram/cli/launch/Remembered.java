package dev.engram.cli.launch;

import dev.engram.cli.render.Units;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.query.AccountingReport;
import dev.engram.collector.query.InstanceAccounting;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import java.util.List;
import java.util.stream.Collectors;

/** Sums up what a run left in the memory. */
final class Remembered {
  private Remembered() {}

  /**
   * One line for the person.
   *
   * @param began when the run began; what started earlier is somebody else's
   * @param homeOption as it must be typed again
   */
  static String line(Queries queries, long began, long nowEpochNanos, String homeOption) {
    AccountingReport report = queries.accounting().of(began, null);
    if (report.instances().isEmpty()) {
      return "nothing was remembered: the command ran no request, query or annotated method in a"
          + " JVM with the agent";
    }
    String services =
        report.instances().stream()
            .map(InstanceAccounting::service)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "remembered "
        + counted(report.total().stored(), "record")
        + " of "
        + services
        + errors(queries.errors(new Range(began, null, 0), nowEpochNanos))
        + " (engram requests --since "
        + minutes(began, nowEpochNanos)
        + "m"
        + homeOption
        + ")";
  }

  private static String errors(List<ErrorGroup> groups) {
    long count = groups.stream().mapToLong(ErrorGroup::count).sum();
    return count == 0
        ? ", no errors"
        : ", " + counted(count, "error") + " in " + counted(groups.size(), "group");
  }

  private static String counted(long count, String noun) {
    return Units.count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static long minutes(long began, long nowEpochNanos) {
    return (nowEpochNanos - began) / 60_000_000_000L + 1;
  }
}
