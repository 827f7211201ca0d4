package dev.engram.cli;

import dev.engram.cli.render.MetricView;
import dev.engram.collector.query.Queries;
import dev.engram.collector.query.Range;
import dev.engram.collector.server.Memory;
import dev.engram.collector.store.MetricSummary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram metrics}. */
@Command(
    name = "metrics",
    description =
        "Lists what was measured in each JVM within the last day, or since TIME: the last reading, and the range of all.")
final class MetricsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ListingOptions listing = new ListingOptions();

  MetricsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Range range = recent(listing.range(invocation));
    try (Memory memory = Memory.open(listing.home(invocation))) {
      Queries queries = memory.queries();
      List<MetricSummary> metrics = queries.metrics(range);
      if (metrics.isEmpty()) {
        EmptyAnswer.say(invocation, "metrics", listing, queries);
      } else {
        print(metrics);
      }
      invocation.sayIncomplete(queries.losses(range));
    }
    return 0;
  }

  /** Without a begin that of a day: there are thousands of readings a day and JVM. */
  private Range recent(Range range) {
    return range.sinceEpochNanos() > 0
        ? range
        : range.since(
            TimeUnit.SECONDS.toNanos(
                invocation.clock().instant().minus(Duration.ofDays(1)).getEpochSecond()));
  }

  private void print(List<MetricSummary> metrics) {
    if (listing.json()) {
      metrics.forEach(metric -> invocation.terminal().out().println(MetricView.json(metric)));
    } else {
      MetricView.table(metrics, invocation.terminal());
    }
  }
}
