package dev.engram.cli;

import dev.engram.cli.render.RunView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram workflows runs}. */
@Command(name = "runs", description = "Lists runs of workflows, newest first.")
final class WorkflowRunsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private StatusOption status = new StatusOption();

  WorkflowRunsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofCalls(listing.range(invocation), listing.home(invocation));
    String wanted = status.status();
    return new Listing<>(
            "runs of workflows",
            RunView::json,
            (runs, terminal) -> RunView.table(runs, terminal, invocation.zone()))
        .answer(invocation, listing, range, queries -> queries.workflowRuns(range, wanted));
  }
}
