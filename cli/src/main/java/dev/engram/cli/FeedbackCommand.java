package dev.engram.cli;

import dev.engram.collector.server.Telling;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engram feedback}. */
@Command(
    name = "feedback",
    description = "Tells what somebody thinks of something remembered.",
    footer = {
      "",
      "Such as: engram feedback trace 4bf92f3577b34da6a3ce929d0e0e4736 --label helpful --score 1",
      "         engram feedback key order_id=4711 --score 0 --comment 'wrong size'"
    })
final class FeedbackCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description = "trace, span, decision, conversation or key.")
  private String target = "";

  @Parameters(index = "1", paramLabel = "ID", description = "Which one, in full.")
  private String id = "";

  @Option(names = "--label", paramLabel = "WORD", description = "One word for it.")
  private @Nullable String label;

  @Option(
      names = "--score",
      paramLabel = "NUMBER",
      description = "A number for it; higher is better.")
  private double score = Double.NaN;

  @Mixin private TellingOptions options = new TellingOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  FeedbackCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!Telling.TARGETS.contains(target)) {
      throw wrong(
          target + " is nothing to judge" + UsageErrors.suggestion(target, Telling.TARGETS));
    }
    if (label == null && Double.isNaN(score) && options.comment() == null) {
      throw wrong("give --label, --score or --comment");
    }
    boolean stored =
        options
            .telling(invocation)
            .feedback(
                invocation.nowEpochNanos(),
                target,
                Telling.targetId(target, options.bounded("ID", id)),
                label == null ? null : options.bounded("--label", label),
                score,
                options.author(),
                options.comment());
    options.say(invocation, "feedback on " + target + " " + id, stored);
    return 0;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
