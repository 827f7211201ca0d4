package dev.engram.cli;

import dev.engram.collector.analysis.decision.OutcomeLabel;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.server.Memory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram outcome}. */
@Command(
    name = "outcome",
    description = "Tells what became of a decision, or of all decisions of a correlation key.",
    footer = {
      "",
      "Such as: engram outcome order_id=4711 success --value 30",
      "         engram outcome 00f067aa0ba902b7 failure --comment 'sent to the wrong team'",
      "Ids stand in: engram decisions list"
    })
final class OutcomeCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "DECISION",
      description = "A decision's id, or its beginning; or KEY=VALUE.")
  private String about = "";

  @Parameters(
      index = "1",
      paramLabel = "LABEL",
      description = "success, failure, partial or unknown.")
  private String label = "";

  @Option(
      names = "--value",
      paramLabel = "NUMBER",
      description = "A number that goes with it, such as an amount.")
  private double value = Double.NaN;

  @Mixin private TellingOptions options = new TellingOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  OutcomeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!OutcomeLabel.texts().contains(label)) {
      throw wrong("unknown label " + label + UsageErrors.suggestion(label, OutcomeLabel.texts()));
    }
    options.bounded("DECISION", about);
    int equals = about.indexOf('=');
    String key = equals < 0 ? "" : about.substring(0, equals);
    String id = equals < 0 ? decisionId() : about.substring(equals + 1);
    if (equals == 0 || id.isEmpty()) {
      throw wrong("give KEY=VALUE, or a decision's id");
    }
    boolean stored =
        options
            .telling(invocation)
            .outcome(
                invocation.nowEpochNanos(),
                key,
                id,
                label,
                value,
                options.author(),
                options.comment());
    options.say(invocation, (key.isEmpty() ? id : about) + " " + label, stored);
    return 0;
  }

  private String decisionId() {
    try (Memory memory = Memory.open(options.home(invocation).refuseOthers())) {
      List<Long> ids = memory.queries().decisions().ids(about);
      return WrongId.one(command.commandLine(), about, ids, SpanIds::hex)
          .map(SpanIds::hex)
          .orElseThrow(
              () ->
                  new CommandException(
                      "no decision with the id " + about + "; see: engram decisions list"));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
