package dev.engram.cli;

import dev.engram.cli.render.QuarantineView;
import dev.engram.collector.server.HomeQuarantine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code engram quarantine}. */
@Command(
    name = "quarantine",
    description = "Lists what could not be stored, and is kept: records, and damaged files.",
    footer = {
      "",
      "Records are lines of JSON in quarantine/<instance>/records.jsonl of the home, each with its"
          + " reason.",
      "To try them again, such as after an upgrade: engram quarantine replay. What you do not want"
          + " to keep you may remove."
    })
final class QuarantineCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private HomeOption home = new HomeOption();
  @Spec private CommandSpec command = CommandSpec.create();

  QuarantineCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    output.check(command.commandLine());
    HomeQuarantine quarantine = new HomeQuarantine(home.readable(invocation.environment()));
    List<HomeQuarantine.Entry> entries = quarantine.entries();
    if (entries.isEmpty()) {
      invocation.say("nothing is in quarantine: all that was read is stored");
    } else {
      output.write(entries, QuarantineView::json, QuarantineView::table, invocation.terminal());
    }
    return 0;
  }
}
