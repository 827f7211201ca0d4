package dev.engram.cli;

import dev.engram.cli.render.UserView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram users}. */
@Command(
    name = "users",
    description = "Lists who made requests, most requests first.",
    footer = {
      "",
      "Users are remembered by a pseudonym, unless capture.user says otherwise; --user takes the"
          + " id as well.",
      LastDay.FOOTER
    })
final class UsersCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  UsersCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofRequests(listing.range(invocation), listing.home(invocation));
    long now = invocation.nowEpochNanos();
    return LastDay.answer(
        new Listing<>(
            "users", UserView::json, (users, terminal) -> UserView.table(users, terminal, now)),
        invocation,
        listing,
        range,
        asked -> queries -> queries.users(asked));
  }
}
