package dev.engram.collector.query;

import dev.engram.collector.analysis.ai.Prices;
import dev.engram.collector.analysis.workflow.Run;
import dev.engram.collector.analysis.workflow.Runs;
import dev.engram.collector.analysis.workflow.WorkflowSummary;
import dev.engram.collector.analysis.workflow.Workflows;
import dev.engram.collector.store.StoreReader;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What people ask of workflows. Of one reader; thread-safe as that. */
final class WorkflowQueries {
  private final StoreReader reader;
  private final Supplier<Prices> prices;

  WorkflowQueries(StoreReader reader, Supplier<Prices> prices) {
    this.reader = reader;
    this.prices = prices;
  }

  List<WorkflowSummary> summaries(Range range, @Nullable String name) {
    List<Run> runs =
        all(range).stream().filter(run -> name == null || run.workflow().equals(name)).toList();
    return Workflows.of(runs).stream().limit(range.limit()).toList();
  }

  List<Run> runs(Range range, @Nullable String status) {
    return all(range).stream()
        .filter(run -> status == null || run.status().equals(status))
        .limit(range.limit())
        .toList();
  }

  private List<Run> all(Range range) {
    List<Run> runs =
        Runs.find(
            reader,
            range.sinceEpochNanos(),
            range.untilEpochNanos(),
            range.service(),
            prices.get());
    return RunFields.meeting(range.where(), runs, reader);
  }
}
