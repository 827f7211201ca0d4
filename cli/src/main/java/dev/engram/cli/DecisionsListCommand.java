package dev.engram.cli;

import dev.engram.cli.render.DecisionView;
import dev.engram.collector.analysis.decision.OutcomeLabel;
import dev.engram.collector.query.Range;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram decisions list}. */
@Command(name = "list", description = "Lists decisions, newest first.")
final class DecisionsListCommand implements Callable<Integer> {
  private static final List<String> LABELS =
      Arrays.stream(OutcomeLabel.values()).map(OutcomeLabel::text).toList();

  private final Invocation invocation;

  @Option(names = "--name", paramLabel = "NAME", description = "Only decisions of this name.")
  private @Nullable String name;

  @Option(
      names = "--outcome",
      paramLabel = "LABEL",
      description = "Only those that became success, failure, partial or unknown.")
  private @Nullable String outcome;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  DecisionsListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofMoments(listing.range(invocation), listing.home(invocation));
    OutcomeLabel label = label();
    return new Listing<>(
            "decisions",
            DecisionView::json,
            (decisions, terminal) -> DecisionView.table(decisions, terminal, invocation.zone()))
        .answer(
            invocation, listing, range, queries -> queries.decisions().list(range, name, label));
  }

  private @Nullable OutcomeLabel label() {
    if (outcome == null) {
      return null;
    }
    if (!LABELS.contains(outcome)) {
      throw new ParameterException(
          command.commandLine(),
          "--outcome cannot be " + outcome + UsageErrors.suggestion(outcome, LABELS));
    }
    return OutcomeLabel.of(outcome);
  }
}
