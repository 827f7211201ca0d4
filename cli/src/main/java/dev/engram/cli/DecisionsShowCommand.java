package dev.engram.cli;

import dev.engram.cli.render.DecisionView;
import dev.engram.collector.analysis.decision.JudgedDecision;
import dev.engram.collector.query.DecisionQueries;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.server.Memory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram decisions show}. */
@Command(
    name = "show",
    description = "Shows one decision: options, reasoning, what became of it, what people say.",
    footer = "Exit code 1 when there is no decision with the id.")
final class DecisionsShowCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "ID",
      description = "A decision (16 hex digits), or the beginning of its id.")
  private String id = "";

  @Option(names = "--json", description = "JSON Lines: one object a line.")
  private boolean json;

  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  DecisionsShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Memory memory = Memory.open(home.readable(invocation.environment()))) {
      JudgedDecision decision = find(memory.queries().decisions());
      if (json) {
        invocation.terminal().out().println(DecisionView.json(decision));
      } else {
        DecisionView.print(decision, invocation.terminal(), invocation.zone());
      }
    }
    return 0;
  }

  private JudgedDecision find(DecisionQueries decisions) {
    return WrongId.one(command.commandLine(), id, decisions.ids(id), SpanIds::hex)
        .flatMap(decisions::one)
        .orElseThrow(
            () ->
                new CommandException(
                    "no decision with the id " + id + "; see: engram decisions list"));
  }
}
