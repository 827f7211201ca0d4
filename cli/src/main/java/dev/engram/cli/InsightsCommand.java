package dev.engram.cli;

import dev.engram.cli.render.InsightView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram insights}. */
@Command(
    name = "insights",
    description =
        "Lists what is worth a look, the most urgent first: heap, disk, files, threads and connection"
            + " pools that run out, what expires, retries that amplify an outage; then repeated, slow"
            + " and always empty SQL statements, and calls while a transaction was open.",
    footer = {
      "",
      "What runs out is looked for in the last hour, six hours and day, or in all since --since.",
      LastDay.FOOTER,
      "One of those with its evidence: engram insights show I-..."
    })
final class InsightsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  InsightsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofCalls(listing.range(invocation), listing.home(invocation));
    long now = invocation.nowEpochNanos();
    return LastDay.answer(
        new Listing<>("insights", InsightView::json, InsightView::table),
        invocation,
        listing,
        range,
        asked -> queries -> queries.insights(range, asked, now));
  }
}
