package dev.engram.cli;

import dev.engram.cli.render.ErrorGroupView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram errors}. */
@Command(name = "errors", description = "Lists error groups, most frequent first.")
final class ErrorsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();

  ErrorsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = listing.range(invocation);
    long now = invocation.nowEpochNanos();
    return new Listing<>(
            "errors",
            ErrorGroupView::json,
            (groups, terminal) ->
                ErrorGroupView.table(groups, terminal, range.sinceEpochNanos(), now))
        .answer(invocation, listing, range, queries -> queries.errors(range, now));
  }
}
