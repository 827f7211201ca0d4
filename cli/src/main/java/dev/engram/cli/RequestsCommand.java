package dev.engram.cli;

import dev.engram.cli.render.SpanView;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.StoredSpan;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram requests}. */
@Command(name = "requests", description = "Lists requests, newest first.")
final class RequestsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private StatusOption status = new StatusOption();

  RequestsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = listing.range(invocation);
    String wanted = status.status();
    try (Memory memory = Memory.open(listing.home(invocation))) {
      Queries queries = memory.queries();
      List<StoredSpan> requests = queries.requests(range, wanted, 0);
      if (requests.isEmpty()) {
        EmptyAnswer.say(invocation, "requests", listing, queries);
      } else {
        print(requests);
      }
      invocation.sayIncomplete(queries.losses(covered(range, requests)));
    }
    return 0;
  }

  /** A full listing goes back only as far as its oldest request. */
  static Range covered(Range range, List<StoredSpan> requests) {
    return requests.size() < range.limit()
        ? range
        : range.since(
            requests.stream()
                .mapToLong(request -> request.row().startEpochNanos())
                .min()
                .orElseThrow());
  }

  private void print(List<StoredSpan> requests) {
    if (listing.json()) {
      requests.forEach(request -> invocation.terminal().out().println(SpanView.json(request)));
    } else {
      SpanView.table(requests, invocation.terminal(), invocation.zone());
    }
  }
}
