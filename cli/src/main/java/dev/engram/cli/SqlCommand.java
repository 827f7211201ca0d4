package dev.engram.cli;

import dev.engram.cli.render.StatementView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram sql}. */
@Command(name = "sql", description = "Lists SQL statements, those that took most time first.")
final class SqlCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private StatusOption status = new StatusOption();

  SqlCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range =
        request
            .ofCalls(listing.range(invocation), listing.home(invocation))
            .and(status.condition());
    return new Listing<>("SQL statements", StatementView::json, StatementView::table)
        .answer(invocation, listing, range, queries -> queries.statements(range, 0));
  }
}
