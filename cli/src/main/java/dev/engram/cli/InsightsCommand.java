package dev.engram.cli;

import dev.engram.cli.render.FindingView;
import dev.engram.collector.analysis.Finding;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram insights}. */
@Command(
    name = "insights",
    description = "Lists what is worth a look: repeated, slow and always empty SQL statements.")
final class InsightsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();

  InsightsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = listing.range(invocation);
    try (Memory memory = Memory.open(listing.home(invocation))) {
      Queries queries = memory.queries();
      List<Finding> findings = queries.findings(range);
      if (findings.isEmpty()) {
        EmptyAnswer.say(invocation, "insights", listing, queries);
      } else {
        print(findings);
      }
      invocation.sayIncomplete(queries.losses(range));
    }
    return 0;
  }

  private void print(List<Finding> findings) {
    if (listing.json()) {
      findings.forEach(found -> invocation.terminal().out().println(FindingView.json(found)));
    } else {
      FindingView.table(findings, invocation.terminal());
    }
  }
}
