package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.MetricSummary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sees connection pools fill. The connections in use are, by Little's law, the requests a second
 * times how long each of them holds one (L = lambda W; Little, A proof for the queuing formula,
 * Operations Research 9, 1961); so a pool of c bears c / W requests a second.
 */
final class PoolRisks {
  private static final String ACTION =
      "hold connections for a shorter time: look for slow statements and for calls while a"
          + " transaction is open (engram sql, engram insights); enlarge the pool only where the"
          + " database has room (where that was seen, engram remedies has it as resize pool)";

  private final Past past;
  private final RequestRates rates;

  PoolRisks(Past past, RequestRates rates) {
    this.past = past;
    this.rates = rates;
  }

  /**
   * Those that do not suffice.
   *
   * @param lately a short one: each part of a long one holds a moment in which a pool was full
   */
  Stream<Risk> exhausted(Window lately) {
    return Pool.of(lately)
        .filter(Pool::isExhausted)
        .map(
            pool ->
                risk(
                    Kind.POOL_EXHAUSTED, Severity.CRITICAL, pool, Horizon.at(0), pool.meanInUse()));
  }

  /** Those that fill. */
  Stream<Risk> filling(Window window) {
    return Pool.of(window).filter(pool -> pool.most() > 0).flatMap(pool -> filling(pool).stream());
  }

  private Optional<Risk> filling(Pool pool) {
    Window window = pool.window();
    int[] present = pool.used().present(window.firstWarm(pool.used()));
    double[] levels = pool.used().levels(present, MetricSummary::last);
    return Climb.of(window.ends(present), levels, window.seconds())
        .filter(climb -> climb.reaches(pool.most()) && !wasThereBefore(pool, climb))
        .map(climb -> filling(pool, climb));
  }

  private Risk filling(Pool pool, Climb climb) {
    Horizon horizon = Horizons.of(climb, pool.most());
    return risk(Kind.POOL_SATURATION, Horizons.severity(horizon), pool, horizon, climb.end());
  }

  private boolean wasThereBefore(Pool pool, Climb climb) {
    return past.before(pool.window(), pool.used()).anyMatch(part -> part.max() >= climb.end());
  }

  private Risk risk(Kind kind, Severity severity, Pool pool, Horizon horizon, double inUse) {
    Map<String, Double> evidence = new HashMap<>();
    evidence.put("used", inUse);
    evidence.put("max", pool.most());
    double perSecond = rates.perSecond(pool.instance(), pool.window(), Pool.LATELY);
    if (perSecond > 0 && inUse > 0) {
      evidence.put("requests_per_second", perSecond);
      evidence.put("held_per_request_ns", inUse / perSecond * TimeUnit.SECONDS.toNanos(1));
      evidence.put("requests_per_second_borne", pool.most() * perSecond / inUse);
    }
    return new Risk(
        kind,
        severity,
        pool.used().latest().service(),
        pool.instance(),
        pool.name(),
        horizon,
        evidence,
        ACTION);
  }
}
