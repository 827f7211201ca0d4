package dev.engram.cli;

import dev.engram.cli.render.SpanView;
import dev.engram.collector.query.Range;
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
  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private StatusOption status = new StatusOption();

  RequestsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range =
        request.ofRequestsOfAnyDuration(listing.range(invocation), listing.home(invocation));
    long minDuration = request.minDurationNanos();
    String wanted = status.status();
    return new Listing<>(
            "requests",
            SpanView::json,
            (requests, terminal) -> SpanView.table(requests, terminal, invocation.zone()))
        .answer(
            invocation,
            listing,
            queries -> queries.requests(range, wanted, minDuration),
            requests -> covered(range, requests));
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
}
