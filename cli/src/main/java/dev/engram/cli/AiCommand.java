package dev.engram.cli;

import dev.engram.cli.render.AiSummaryView;
import dev.engram.collector.analysis.ai.AiUsage.By;
import dev.engram.collector.query.Range;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code engram ai}. */
@Command(
    name = "ai",
    description = "Sums up calls of models: cost, tokens, latency, errors; most expensive first.",
    footer = {
      "",
      "Prices are the providers' list prices in US dollars; others are read from prices.json in"
          + " the home."
    })
final class AiCommand implements Callable<Integer> {
  private static final List<String> WAYS =
      Arrays.stream(By.values()).map(by -> by.name().toLowerCase(Locale.ROOT)).toList();

  private final Invocation invocation;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "model",
      description = "model (the default), route, workflow, prompt or service.")
  private String by = "model";

  @Mixin private ListingOptions listing = new ListingOptions();
  @Mixin private RequestOptions request = new RequestOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  AiCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = request.ofCalls(listing.range(invocation), listing.home(invocation));
    AiSummaryView view = new AiSummaryView(by(), invocation.nowEpochNanos());
    return new Listing<>("calls of models", view::json, view::table)
        .answer(invocation, listing, range, queries -> queries.ai(range, by()));
  }

  private By by() {
    int way = WAYS.indexOf(by.toLowerCase(Locale.ROOT));
    if (way < 0) {
      throw new ParameterException(
          command.commandLine(), "unknown --by " + by + UsageErrors.suggestion(by, WAYS));
    }
    return By.values()[way];
  }
}
