package dev.engram.cli;

import dev.engram.cli.render.ServiceView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram services}. */
@Command(
    name = "services",
    description = "Lists services: their instances and versions, and what their requests came to.",
    footer = {
      "",
      "Options narrow the requests that are counted, not the services; but for --service."
    })
final class ServicesCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  ServicesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofRequests(listing.range(invocation), listing.home(invocation));
    long now = invocation.nowEpochNanos();
    return new Listing<>(
            "services",
            ServiceView::json,
            (services, terminal) -> ServiceView.table(services, terminal, now))
        .answer(invocation, listing, range, queries -> queries.services(range));
  }
}
