package dev.engram.cli;

import dev.engram.cli.render.RemedyView;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyJudge;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code engram remedies}. */
@Command(
    name = "remedies",
    description =
        "Lists what is done, or could be done, about failures that pass by themselves: where, since"
            + " when, on what evidence, what it achieved and what it cost.",
    footer = {
      "",
      "observed: it would be applied; 'ask' waits for a person. trial: half of the requests are"
          + " treated.",
      "active: all are. withdrawn: it did not help. Of the last seven days, and of each service's"
          + " latest version.",
      "MASKED: treated ones that were answered with something older, which resolves nothing.",
      "What may be done at all is said by: engram heal"
    })
final class RemediesCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  RemediesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    output.check(command.commandLine());
    Home memoryHome = home.readable(invocation.environment());
    try (Memory memory = Memory.open(memoryHome)) {
      Queries queries = memory.queries();
      long now = invocation.nowEpochNanos();
      List<JudgedRemedy> remedies = queries.remedies(now);
      if (queries.instances().isEmpty()) {
        EmptyAnswer.sayNothing(invocation, memoryHome);
      } else if (remedies.isEmpty()) {
        invocation.say("no failure was met that a remedy could be applied to; see: engram errors");
      } else {
        output.write(
            remedies,
            RemedyView::json,
            (all, terminal) -> RemedyView.table(all, terminal, invocation.zone()),
            invocation.terminal());
      }
      HealingOffer.say(invocation, queries);
      invocation.sayIncomplete(queries.losses(Range.ALL.since(now - RemedyJudge.WILTS_NANOS)));
    }
    return 0;
  }
}
