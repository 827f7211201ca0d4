package dev.engram.collector.analysis;

import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoreReader;
import java.util.List;

/** Ranks SQL statements by the time they took together. */
public final class SlowStatements {
  private SlowStatements() {}

  /**
   * The statements the filter takes, those with the most total time first. Shares are of the whole,
   * not of what the limit lets through.
   */
  public static List<SlowStatement> find(StoreReader reader, StatementFilter filter) {
    List<StatementSummary> all = reader.statements(filter.limit(0));
    long total = all.stream().mapToLong(StatementSummary::totalNanos).sum();
    long limit = filter.limit() == 0 ? Long.MAX_VALUE : filter.limit();
    return all.stream().limit(limit).map(summary -> weigh(summary, total)).toList();
  }

  private static SlowStatement weigh(StatementSummary summary, long total) {
    long mean = summary.count() == 0 ? 0 : summary.totalNanos() / summary.count();
    double share = total == 0 ? 0 : (double) summary.totalNanos() / total;
    return new SlowStatement(summary, mean, share);
  }
}
