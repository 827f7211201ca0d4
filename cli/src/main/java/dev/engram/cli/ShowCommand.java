package dev.engram.cli;

import dev.engram.cli.render.ErrorDetailView;
import dev.engram.cli.render.TraceView;
import dev.engram.collector.query.ErrorDetail;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Shown;
import dev.engram.collector.query.TraceTree;
import dev.engram.collector.server.Memory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram show}. */
@Command(
    name = "show",
    description = "Shows one request as a tree, or one error group with its latest stack.",
    footer = "Exit code 1 when there is nothing with the id.")
final class ShowCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "ID",
      description = "A span (16 hex digits), a trace (32), an error group (E-…), or its beginning.")
  private String id = "";

  @Option(names = "--json", description = "JSON Lines: one object a line.")
  private boolean json;

  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  ShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Memory memory = Memory.open(home.readable(invocation.environment()))) {
      Queries queries = memory.queries();
      Shown shown = queries.show(id, invocation.nowEpochNanos());
      if (shown instanceof TraceTree trace) {
        print(trace);
        invocation.sayIncomplete(queries.losses(trace));
      } else if (shown instanceof ErrorDetail detail) {
        print(detail);
        invocation.sayIncomplete(queries.losses(detail));
      } else {
        throw WrongId.of(command.commandLine(), id, shown);
      }
    }
    return 0;
  }

  private void print(TraceTree trace) {
    if (json) {
      TraceView.json(trace).forEach(invocation.terminal().out()::println);
    } else {
      new TraceView(trace, invocation.terminal()).print(invocation.zone());
    }
  }

  private void print(ErrorDetail detail) {
    if (json) {
      invocation.terminal().out().println(ErrorDetailView.json(detail));
    } else {
      ErrorDetailView.print(detail, invocation.terminal(), invocation.zone());
    }
  }
}
