package dev.engram.cli;

import dev.engram.cli.render.MetricView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram metrics}. */
@Command(
    name = "metrics",
    description = "Lists what was measured in each JVM: the last reading, and the range of all.",
    footer = {"", LastDay.FOOTER})
final class MetricsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();

  MetricsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** There are thousands of readings a day and JVM. */
  @Override
  public Integer call() {
    return LastDay.answer(
        new Listing<>("metrics", MetricView::json, MetricView::table),
        invocation,
        listing,
        listing.range(invocation),
        range -> queries -> queries.metrics(range));
  }
}
