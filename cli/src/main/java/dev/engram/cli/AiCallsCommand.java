package dev.engram.cli;

import dev.engram.cli.render.AiCallView;
import dev.engram.collector.query.PricedCall;
import dev.engram.collector.query.Range;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram ai calls}. */
@Command(name = "calls", description = "Lists calls of models, newest first.")
final class AiCallsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private StatusOption status = new StatusOption();

  AiCallsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofCalls(listing.range(invocation), listing.home(invocation));
    String wanted = status.status();
    return new Listing<>(
            "calls of models",
            AiCallView::json,
            (calls, terminal) -> AiCallView.table(calls, terminal, invocation.zone()))
        .answer(
            invocation,
            listing,
            queries -> queries.aiCalls(range, wanted),
            calls -> covered(range, calls));
  }

  private static Range covered(Range range, List<PricedCall> calls) {
    return RequestsCommand.covered(range, calls.stream().map(PricedCall::span).toList());
  }
}
