package dev.engram.cli;

import dev.engram.cli.render.JsonLines;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyJudge;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.KnowledgeRow;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram remedies approve}. */
@Command(
    name = "approve",
    description =
        "Lets a remedy be tried: one that waits for a person, or that was withdrawn less than an"
            + " hour ago.",
    footer = {
      "",
      "It is tried where engram.heal is auto, on half of the requests first. Exit code 1 when there"
          + " is no remedy with the id."
    })
final class RemediesApproveCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RemedyOption remedy = new RemedyOption();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private TellingOptions options = new TellingOptions();

  RemediesApproveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    String label = label();
    boolean stored =
        options
            .telling(invocation)
            .knowledge(
                invocation.nowEpochNanos(),
                KnowledgeRow.REMEDY,
                label,
                Map.of(RemedyJudge.APPROVE, Objects.requireNonNullElse(options.comment(), "")),
                options.author());
    if (json) {
      String line =
          JsonLines.line(
              json -> {
                json.writeStringField("remedy_id", label);
                json.writeBooleanField("approved", true);
                json.writeBooleanField("stored", stored);
              });
      invocation.terminal().out().println(line);
    } else {
      options.say(invocation, label + " may be tried", stored);
    }
    return 0;
  }

  /** The memory is closed again before anything is told. */
  private String label() {
    try (Memory memory = Memory.open(options.home(invocation).refuseOthers())) {
      JudgedRemedy found = remedy.find(memory.queries(), invocation.nowEpochNanos());
      return found.label();
    }
  }
}
