package dev.engram.collector.query;

import dev.engram.collector.analysis.Insight;
import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.SlowStatement;
import dev.engram.collector.analysis.SlowStatements;
import dev.engram.collector.analysis.StatementFindings;
import dev.engram.collector.analysis.SwallowedExceptions;
import dev.engram.collector.analysis.SwallowedThrows;
import dev.engram.collector.analysis.prevent.Risks;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrowFilter;
import java.util.ArrayList;
import java.util.List;

/** What is worth a look: statements, readings, risks, exceptions that nobody saw. As its reader. */
final class FindingQueries {
  private final StoreReader reader;

  FindingQueries(StoreReader reader) {
    this.reader = reader;
  }

  List<SwallowedThrows> swallowed(Range range) {
    return SwallowedExceptions.find(
        reader,
        new ThrowFilter(range.sinceEpochNanos(), range.untilEpochNanos(), range.service()),
        range.limit());
  }

  List<SlowStatement> statements(Range range, long minDurationNanos) {
    return SlowStatements.find(reader, executions(range, minDurationNanos));
  }

  List<MetricSummary> metrics(Range range) {
    return reader.metrics(readings(range, range.limit()));
  }

  List<Insight> insights(Range range, Range statements, long nowEpochNanos) {
    List<Insight> insights = new ArrayList<>(risks(range, nowEpochNanos));
    insights.addAll(StatementFindings.find(reader, executions(statements, 0)));
    return insights.stream().limit(statements.limit()).toList();
  }

  List<Risk> risks(Range range, long nowEpochNanos) {
    return Risks.find(reader, readings(range, 0), nowEpochNanos);
  }

  private static StatementFilter executions(Range range, long minDurationNanos) {
    return new StatementFilter(
        range.sinceEpochNanos(),
        range.untilEpochNanos(),
        range.service(),
        minDurationNanos,
        range.limit(),
        range.where());
  }

  private static MetricFilter readings(Range range, int limit) {
    return new MetricFilter(
        range.sinceEpochNanos(), range.untilEpochNanos(), range.service(), limit, range.where());
  }
}
