package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.InstanceId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sees resources run out, in one window of time. */
final class ResourceRisks {
  /** A leak without a limit shows in a day: what follows the load is back where it was. */
  private static final double DAY_SECONDS = 0.9 * TimeUnit.DAYS.toSeconds(1);

  /** Of the room that there was, what a new peak must be above the one before. */
  private static final double NEW_PEAK = 0.1;

  private final Window window;
  private final Window longest;
  private final Starts starts;

  /**
   * Those of a window.
   *
   * @param longest the longest that was looked at, for what was before this one
   */
  ResourceRisks(Window window, Window longest, Starts starts) {
    this.window = window;
    this.longest = longest;
    this.starts = starts;
  }

  Stream<Risk> find() {
    return Stream.of(Resource.values()).flatMap(this::find);
  }

  private Stream<Risk> find(Resource resource) {
    return window.named(resource.metric()).stream()
        .filter(series -> series.isAlive() && resource.isOf(series))
        .flatMap(series -> find(resource, series).stream());
  }

  private Optional<Risk> find(Resource resource, Series series) {
    int[] present = present(resource, series);
    Optional<Climb> climb =
        Climb.of(window.begins(present), series.levels(present, resource::level), window.seconds());
    return climb.flatMap(
        it -> exhaustion(resource, series, it).or(() -> leak(resource, series, it)));
  }

  /** Without the JVM's warm-up, and without what says that it was not measured yet. */
  private int[] present(Resource resource, Series series) {
    int begin = starts.firstWarm(series.first().instance(), window);
    int[] present = series.present(begin);
    if (resource != Resource.HEAP) {
      return present;
    }
    double[] levels = series.levels(present, resource::level);
    int unmeasured = 0;
    while (unmeasured < levels.length && levels[unmeasured] == 0) {
      unmeasured++;
    }
    return Arrays.copyOfRange(present, unmeasured, present.length);
  }

  private Optional<Risk> exhaustion(Resource resource, Series series, Climb climb) {
    OptionalDouble limit = limit(resource, series);
    Kind kind = resource.exhaustion();
    if (kind == null || limit.isEmpty() || !climb.reaches(limit.getAsDouble())) {
      return Optional.empty();
    }
    double most = limit.getAsDouble();
    if (wasThereBefore(resource, series, climb, most)) {
      return Optional.empty();
    }
    Horizon horizon = Horizons.of(climb, most);
    return Optional.of(
        risk(kind, Horizons.severity(horizon), resource, series, horizon, evidence(climb, most)));
  }

  private Optional<Risk> leak(Resource resource, Series series, Climb climb) {
    Kind kind = resource.leak();
    boolean isLeak =
        climb.seconds() >= DAY_SECONDS
            && climb.end() - climb.start() >= resource.leastGrowth()
            && climb.end() >= 2 * climb.start();
    return kind == null || !isLeak
        ? Optional.empty()
        : Optional.of(
            risk(kind, Severity.NOTICE, resource, series, null, evidence(climb, Double.NaN)));
  }

  /** What has been as high and came down again is no leak, but goes up and down. */
  private boolean wasThereBefore(Resource resource, Series series, Climb climb, double limit) {
    Series before = longest.series().get(series.first().key());
    if (before == null || longest == window) {
      return false;
    }
    double least = climb.end() - NEW_PEAK * (limit - climb.start());
    return before
        .from(starts.firstWarm(series.first().instance(), longest))
        .filter(part -> part.lastEpochNanos() < window.sinceEpochNanos())
        .anyMatch(part -> resource.peak(part) >= least);
  }

  private OptionalDouble limit(Resource resource, Series series) {
    if (resource == Resource.DISK) {
      return OptionalDouble.of(0);
    }
    String name = resource.limit();
    if (name == null) {
      return OptionalDouble.empty();
    }
    InstanceId instance = series.first().instance();
    return window.named(name).stream()
        .filter(limit -> limit.first().instance().equals(instance))
        .flatMap(limit -> limit.from(0))
        .mapToDouble(limit -> limit.last())
        .max();
  }

  private static Map<String, Double> evidence(Climb climb, double limit) {
    Map<String, Double> evidence = new HashMap<>();
    evidence.put("first_level", Math.abs(climb.start()));
    evidence.put("last_level", Math.abs(climb.end()));
    evidence.put("watched_ns", climb.seconds() * TimeUnit.SECONDS.toNanos(1));
    double anHour = TimeUnit.HOURS.toSeconds(1);
    evidence.put("growth_per_hour", climb.trend().slope() * anHour);
    evidence.put("growth_per_hour_low", climb.trend().low() * anHour);
    evidence.put("growth_per_hour_high", climb.trend().high() * anHour);
    if (limit > 0) {
      evidence.put("limit", limit);
    }
    return evidence;
  }

  private static Risk risk(
      Kind kind,
      Severity severity,
      Resource resource,
      Series series,
      @Nullable Horizon horizon,
      Map<String, Double> evidence) {
    return new Risk(
        kind,
        severity,
        series.first().service(),
        series.first().instance(),
        resource.subject(series.first()),
        horizon,
        evidence,
        resource.action());
  }
}
