package dev.engram.cli;

import dev.engram.cli.render.QuarantineView;
import dev.engram.collector.server.HomeQuarantine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram quarantine replay}. */
@Command(
    name = "replay",
    description = "Tries again to store the records in quarantine; those that are stored leave it.",
    footer = {
      "",
      "No collector may serve the home meanwhile. They are stored as an instance of their own, of"
          + " the same service and version.",
      "Exit code 1 when some still cannot be stored; they stay."
    })
final class QuarantineReplayCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private HomeOption home = new HomeOption();

  QuarantineReplayCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    HomeQuarantine quarantine = new HomeQuarantine(home.readable(invocation.environment()));
    HomeQuarantine.Result result =
        quarantine.entries().isEmpty()
            ? new HomeQuarantine.Result(0, 0)
            : quarantine.replay(invocation::say);
    String told = json ? QuarantineView.json(result) : QuarantineView.words(result);
    invocation.terminal().out().println(told);
    return result.left() == 0 ? 0 : 1;
  }
}
