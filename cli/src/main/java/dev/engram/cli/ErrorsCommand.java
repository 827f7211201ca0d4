package dev.engram.cli;

import dev.engram.cli.render.ErrorGroupView;
import dev.engram.cli.render.SwallowedView;
import dev.engram.collector.query.Range;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram errors}. */
@Command(
    name = "errors",
    description = "Lists error groups, most frequent first; or what was thrown and swallowed.",
    footer = {
      "",
      "What people said of a group stays: its name, who looks after it, that it is ignored,"
          + " resolved or one with another."
    })
final class ErrorsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--swallowed",
      description =
          "Where exceptions were thrown and caught without a trace, the application's code first.")
  private boolean swallowed;

  @Option(names = "--all", description = "Those that were ignored too.")
  private boolean all;

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  ErrorsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofMoments(listing.range(invocation), listing.home(invocation));
    long now = invocation.nowEpochNanos();
    if (swallowed && !range.where().isAny()) {
      throw new ParameterException(
          command.commandLine(),
          "what was swallowed is only counted: --swallowed takes no --version, --route, --user,"
              + " --min-duration or --where");
    }
    return swallowed ? swallowed(range, now) : groups(range, now);
  }

  private int groups(Range range, long now) {
    return new Listing<>(
            "errors",
            ErrorGroupView::json,
            (groups, terminal) ->
                ErrorGroupView.table(groups, terminal, range.sinceEpochNanos(), now))
        .after(queries -> HealingOffer.say(invocation, queries))
        .answer(invocation, listing, range, queries -> queries.errors(range, now, all));
  }

  private int swallowed(Range range, long now) {
    return new Listing<>(
            "swallowed exceptions",
            SwallowedView::json,
            (sites, terminal) -> SwallowedView.table(sites, terminal, now))
        .answer(invocation, listing, range, queries -> queries.swallowed(range));
  }
}
