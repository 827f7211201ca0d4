package dev.engram.cli;

import dev.engram.cli.render.MetricView;
import dev.engram.cli.render.Terminal;
import dev.engram.collector.query.Range;
import dev.engram.collector.store.MetricSummary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram metrics}. */
@Command(
    name = "metrics",
    description = "Lists what was measured in each JVM: the last reading, and the range of all.",
    footer = {"", "Without --since only the readings of the last day count, with --json too."})
final class MetricsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();

  MetricsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = listing.range(invocation);
    return range.sinceEpochNanos() > 0 || range.untilEpochNanos() > 0
        ? answer("metrics", range, MetricView::table)
        : answer("metrics of the last day", lastDay(range), this::recent);
  }

  private int answer(String what, Range range, BiConsumer<List<MetricSummary>, Terminal> table) {
    return new Listing<>(what, MetricView::json, table)
        .answer(invocation, listing, range, queries -> queries.metrics(range));
  }

  /** There are thousands of readings a day and JVM. */
  private Range lastDay(Range range) {
    return range.since(
        TimeUnit.SECONDS.toNanos(
            invocation.clock().instant().minus(Duration.ofDays(1)).getEpochSecond()));
  }

  private void recent(List<MetricSummary> metrics, Terminal terminal) {
    MetricView.table(metrics, terminal);
    invocation.say("these are the readings of the last day; others with --since, such as 7d");
  }
}
