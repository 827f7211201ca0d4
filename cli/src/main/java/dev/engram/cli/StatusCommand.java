package dev.engram.cli;

import dev.engram.cli.render.AccountingView;
import dev.engram.cli.render.RemovalView;
import dev.engram.cli.render.SafeText;
import dev.engram.cli.render.Units;
import dev.engram.collector.query.AccountingReport;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Home;
import dev.engram.collector.server.Memory;
import dev.engram.collector.server.RetentionSettings;
import dev.engram.collector.store.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram status}. */
@Command(
    name = "status",
    description =
        "Shows where the memory lies, who fills it, and the books: nothing is lost silently.",
    footer =
        "Exit code 1 on impossible values; with --settled also on sums that do not hold and on what"
            + " is not collected.")
final class StatusCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--settled",
      description = "Demand that every sum holds, and that nothing waits to be collected.")
  private boolean settled;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private HomeOption home = new HomeOption();

  StatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Home memoryHome = home.readable(invocation.environment());
    try (Memory memory = Memory.open(memoryHome)) {
      AccountingReport report = memory.queries().accounting();
      if (json) {
        List<Loss> losses = memory.queries().losses(Range.ALL);
        invocation
            .terminal()
            .out()
            .println(AccountingView.json(report, losses, memory.bytes(), memory.removed()));
      } else {
        print(memoryHome, memory, report);
      }
      return judge(report, memory);
    }
  }

  private void print(Home memoryHome, Memory memory, AccountingReport report) {
    var out = invocation.terminal().out();
    out.println("memory     " + SafeText.of(memoryHome.folder().toString()));
    out.println("collector  " + SafeText.of(memory.collector().orElse("none (engram collect)")));
    printStore(memoryHome, memory);
    if (report.instances().isEmpty()) {
      EmptyAnswer.sayNothing(invocation, memoryHome);
      return;
    }
    out.println();
    AccountingView.print(report, invocation.terminal());
  }

  private void printStore(Home memoryHome, Memory memory) {
    var out = invocation.terminal().out();
    out.println(
        "store      "
            + Units.bytes(memory.bytes())
            + ", keeps "
            + RemovalView.kept(RetentionSettings.of(memoryHome, invocation.environment())));
    RemovalView.reasons(memory.removed()).forEach(it -> out.println("removed    " + it));
  }

  private int judge(AccountingReport report, Memory memory) {
    List<String> wrong = new ArrayList<>(report.impossible());
    if (wrong.isEmpty() && settled) {
      wrong.addAll(report.unsettled());
      wrong.addAll(memory.leftAlone());
    }
    wrong.forEach(invocation::say);
    return wrong.isEmpty() ? 0 : 1;
  }
}
