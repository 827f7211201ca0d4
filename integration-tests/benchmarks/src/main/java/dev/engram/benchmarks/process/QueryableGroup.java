package dev.engram.benchmarks.process;

import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Goal;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** How long after its commit a record can be queried. */
public final class QueryableGroup implements Group {
  private static final int RATE = 5_000;
  private static final int WARM_UP_SECONDS = 10;
  private static final int SECONDS = 10;
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final String ARM = "5,000 records/s";
  private static final Quantity P50 = new Quantity("p50", "ms");
  private static final Quantity P99 = new Quantity("p99", "ms");
  private static final Quantity MAX = new Quantity("max", "ms");

  @Override
  public String name() {
    return "queryable";
  }

  @Override
  public Section measure(Plan plan) throws Exception {
    Table table =
        new Table("Committed to queryable", "load", List.of(ARM), List.of(P50, P99, MAX))
            .goal(Goal.atMost("committed to queryable, p50", ARM, P50, 20))
            .goal(Goal.atMost("committed to queryable, p99", ARM, P99, 50))
            .note("Of all spans after the first %d s of a round.".formatted(WARM_UP_SECONDS));
    for (int round = 0; round < plan.rounds(); round++) {
      Histogram delays = once(plan);
      table.addRound(
          ARM,
          Units.millis(delays.getValueAtPercentile(50)),
          Units.millis(delays.getValueAtPercentile(99)),
          Units.millis(delays.getMaxValue()));
    }
    return new Section(
            "Committed to queryable",
            "A JVM records the mix below at a steady 5,000 records a second through the real ring"
                + " and queue, a collector stores them, and a reader asks the SQLite file every"
                + " millisecond for spans that are new. The delay of a span is the time it is seen"
                + " less the time it ended, which is microseconds before its commit; both by the"
                + " clock of the machine. All records must be stored, or the group fails.")
        .add(table)
        .add(new Plot("queryable", "Committed to queryable", table, List.of(P50, P99), false));
  }

  private static Histogram once(Plan plan) throws Exception {
    Launch launch = new Launch(plan);
    Jdk jdk = plan.jdks().get(0);
    Path home = launch.freshHome();
    long seconds = plan.quick() ? 2 : WARM_UP_SECONDS + SECONDS;
    try (Child collector = launch.collector(jdk, home)) {
      collector.awaitLine(Launch.COLLECTING);
      try (Child service = launch.mix(jdk, home, RATE * seconds, RATE, true);
          Stored stored = Stored.await(home)) {
        Histogram delays = watch(stored, plan.quick() ? 0 : WARM_UP_SECONDS);
        service.awaitSuccess();
        stored.requireAll();
        collector.stop();
        return delays;
      }
    }
  }

  /** Looks until the instance has ended. */
  private static Histogram watch(Stored stored, int warmUpSeconds) throws SQLException {
    Histogram delays = new Histogram(3);
    long from = now() + warmUpSeconds * NANOS_PER_SECOND;
    long seen = 0;
    try (PreparedStatement fresh =
            stored.prepare("SELECT arrival, start + duration FROM span WHERE arrival > ?");
        PreparedStatement running =
            stored.prepare("SELECT count(*) FROM instance WHERE ended = 0")) {
      while (isRunning(running)) {
        fresh.setLong(1, seen);
        try (ResultSet span = fresh.executeQuery()) {
          long now = now();
          while (span.next()) {
            seen = span.getLong(1);
            long delay = now - span.getLong(2);
            if (now >= from && span.getLong(2) >= from) {
              delays.recordValue(Math.max(0, delay));
            }
          }
        }
        LockSupport.parkNanos(LOOK_EVERY);
      }
    }
    if (delays.getTotalCount() == 0) {
      throw new IllegalStateException("no record was seen to arrive");
    }
    return delays;
  }

  private static boolean isRunning(PreparedStatement running) throws SQLException {
    try (ResultSet row = running.executeQuery()) {
      return row.next() && row.getLong(1) > 0;
    }
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }
}
