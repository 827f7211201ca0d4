package dev.engram.cli;

import dev.engram.cli.render.FindingView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram insights}. */
@Command(
    name = "insights",
    description =
        "Lists what is worth a look: repeated, slow and always empty SQL statements, and calls of"
            + " other systems while a transaction was open.")
final class InsightsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  InsightsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofCalls(listing, invocation);
    return new Listing<>("insights", FindingView::json, FindingView::table)
        .answer(invocation, listing, range, queries -> queries.findings(range));
  }
}
