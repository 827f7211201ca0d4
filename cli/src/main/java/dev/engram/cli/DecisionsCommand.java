package dev.engram.cli;

import dev.engram.cli.render.DecisionSummaryView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram decisions}. */
@Command(
    name = "decisions",
    description =
        "Sums up decisions by name and model: what became of them, and whether confidences come"
            + " true.",
    footer = {
      "",
      "An outcome that was told wins over what the request, its workflow and its transactions show."
          + " Unknown is no failure.",
      "Of the latest 10,000 decisions. Outcomes are told by: engram outcome"
    })
final class DecisionsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--name", paramLabel = "NAME", description = "Only decisions of this name.")
  private @Nullable String name;

  @Option(
      names = "--told",
      description = "Counts only outcomes that were told; all others are unknown.")
  private boolean told;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  DecisionsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofMoments(listing.range(invocation), listing.home(invocation));
    return new Listing<>("decisions", DecisionSummaryView::json, DecisionSummaryView::print)
        .answer(
            invocation,
            listing,
            range,
            queries -> queries.decisions().summaries(range, name, told));
  }
}
