package dev.engram.cli;

import dev.engram.cli.render.ErrorGroupView;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import java.util.List;
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
    try (Memory memory = Memory.open(listing.home(invocation))) {
      Queries queries = memory.queries();
      List<ErrorGroup> groups = queries.errors(range, invocation.nowEpochNanos());
      if (groups.isEmpty()) {
        EmptyAnswer.say(invocation, "errors", listing, queries);
      } else {
        print(groups, range);
      }
      invocation.sayIncomplete(queries.losses(range));
    }
    return 0;
  }

  private void print(List<ErrorGroup> groups, Range range) {
    if (listing.json()) {
      groups.forEach(group -> invocation.terminal().out().println(ErrorGroupView.json(group)));
    } else {
      ErrorGroupView.table(
          groups, invocation.terminal(), range.sinceEpochNanos(), invocation.nowEpochNanos());
    }
  }
}
