package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Sees connection pools fill. The connections in use are, by Little's law, the requests a second
 * times how long each of them holds one (L = lambda W; Little, A proof for the queuing formula,
 * Operations Research 9, 1961); so a pool of c bears c / W requests a second.
 */
final class PoolRisks {
  private static final String NAME = "db.client.connection.pool.name";
  private static final String COUNT = "db.client.connection.count";
  private static final String WAITING = "db.client.connection.pending_requests";
  private static final String MOST = "db.client.connection.max";
  private static final String ACTION =
      "hold connections for a shorter time: look for slow statements and for calls while a"
          + " transaction is open (engram sql, engram insights); enlarge the pool only where the"
          + " database has room";

  /** What is true of now is looked for in the last third. */
  private static final int LATELY = Window.PARTS * 2 / 3;

  private static final int LEAST_PARTS = (Window.PARTS - LATELY) / 2;

  private final StoreReader reader;
  private final MetricFilter filter;
  private final Window window;
  private final Window longest;
  private final Starts starts;

  PoolRisks(StoreReader reader, MetricFilter filter, Window window, Window longest, Starts starts) {
    this.reader = reader;
    this.filter = filter;
    this.window = window;
    this.longest = longest;
    this.starts = starts;
  }

  Stream<Risk> find() {
    return window.named(COUNT).stream()
        .filter(series -> series.isAlive() && series.has("db.client.connection.state", "used"))
        .flatMap(used -> find(used).stream());
  }

  private Optional<Risk> find(Series used) {
    double most =
        ofPool(MOST, used)
            .flatMap(max -> max.from(LATELY))
            .mapToDouble(MetricSummary::last)
            .max()
            .orElse(0);
    if (most <= 0) {
      return Optional.empty();
    }
    return isExhausted(used, most)
        ? Optional.of(
            risk(Kind.POOL_EXHAUSTED, Severity.CRITICAL, used, Horizon.at(0), most, mean(used)))
        : saturation(used, most);
  }

  /** Again and again all are in use and somebody waits, to the end. */
  private boolean isExhausted(Series used, double most) {
    Series waiting = ofPool(WAITING, used).findFirst().orElse(null);
    if (waiting == null) {
      return false;
    }
    int[] present = waiting.present(LATELY);
    long full = 0;
    boolean isFull = false;
    for (int part : present) {
      MetricSummary connections = used.parts()[part];
      isFull =
          Objects.requireNonNull(waiting.parts()[part]).max() > 0
              && connections != null
              && connections.max() >= most;
      full += isFull ? 1 : 0;
    }
    return isFull && present.length >= LEAST_PARTS && full * 2 >= present.length;
  }

  private Optional<Risk> saturation(Series used, double most) {
    int[] present = used.present(starts.firstWarm(used.first().instance(), window));
    double[] levels = used.levels(present, MetricSummary::last);
    return Climb.of(window.ends(present), levels, window.seconds())
        .filter(climb -> climb.reaches(most) && !wasThereBefore(used, climb))
        .map(climb -> saturation(used, climb, most));
  }

  private Risk saturation(Series used, Climb climb, double most) {
    Horizon horizon = Horizons.of(climb, most);
    return risk(Kind.POOL_SATURATION, Horizons.severity(horizon), used, horizon, most, climb.end());
  }

  /** What follows the load has been as high before, and came down. */
  private boolean wasThereBefore(Series used, Climb climb) {
    Series before = longest.series().get(used.first().key());
    return before != null
        && longest != window
        && before
            .from(0)
            .filter(part -> part.lastEpochNanos() < window.sinceEpochNanos())
            .anyMatch(part -> part.max() >= climb.end());
  }

  private Risk risk(
      Kind kind, Severity severity, Series used, Horizon horizon, double most, double inUse) {
    Map<String, Double> evidence = new HashMap<>();
    evidence.put("used", inUse);
    evidence.put("max", most);
    double perSecond = requestsPerSecond(used.first().instance());
    if (perSecond > 0 && inUse > 0) {
      evidence.put("requests_per_second", perSecond);
      evidence.put("held_per_request_ns", inUse / perSecond * TimeUnit.SECONDS.toNanos(1));
      evidence.put("requests_per_second_borne", most * perSecond / inUse);
    }
    return new Risk(
        kind,
        severity,
        used.first().service(),
        used.first().instance(),
        String.valueOf(used.first().attributes().get(NAME)),
        horizon,
        evidence,
        ACTION);
  }

  private double requestsPerSecond(InstanceId instance) {
    long since = window.partBegin(LATELY);
    AtomicLong requests = new AtomicLong();
    SpanFilter lately =
        new SpanFilter(
            since,
            window.untilEpochNanos(),
            filter.service(),
            "SERVER",
            null,
            null,
            0,
            0,
            0,
            filter.where());
    reader.visit(
        lately,
        span -> {
          if (span.row().instance().equals(instance)) {
            requests.incrementAndGet();
          }
        });
    return requests.get() / ((window.untilEpochNanos() - since) / 1e9);
  }

  private Stream<Series> ofPool(String name, Series used) {
    List<Object> pool = pool(used);
    return window.named(name).stream().filter(series -> pool(series).equals(pool));
  }

  private static List<Object> pool(Series series) {
    return List.of(
        series.first().instance(), String.valueOf(series.first().attributes().get(NAME)));
  }

  /** Of the samples that end each part. */
  private static double mean(Series used) {
    return used.from(LATELY).mapToDouble(MetricSummary::last).average().orElse(0);
  }
}
