package dev.engram.cli;

import dev.engram.cli.render.StatementView;
import dev.engram.collector.analysis.SlowStatement;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram sql}. */
@Command(name = "sql", description = "Lists SQL statements, those that took most time first.")
final class SqlCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();

  SqlCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = listing.range(invocation);
    try (Memory memory = Memory.open(listing.home(invocation))) {
      Queries queries = memory.queries();
      List<SlowStatement> statements = queries.statements(range, 0);
      if (statements.isEmpty()) {
        EmptyAnswer.say(invocation, "SQL statements", listing, queries);
      } else {
        print(statements);
      }
      invocation.sayIncomplete(queries.losses(range));
    }
    return 0;
  }

  private void print(List<SlowStatement> statements) {
    if (listing.json()) {
      statements.forEach(found -> invocation.terminal().out().println(StatementView.json(found)));
    } else {
      StatementView.table(statements, invocation.terminal());
    }
  }
}
