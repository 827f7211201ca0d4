package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricSummary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sees resources run out. */
final class ResourceRisks {
  /** A leak without a limit shows in a day: what follows the load is back where it was. */
  private static final double DAY_SECONDS = 0.9 * TimeUnit.DAYS.toSeconds(1);

  /** Of the room that there was, what a new peak must be above the one before. */
  private static final double NEW_PEAK = 0.1;

  /** Of the limit; a JVM with so little left does hardly anything else than look for room. */
  private static final double FULL = 0.98;

  /** How many parts at the end it must be full in. */
  private static final int FULL_PARTS = 3;

  private final Past past;

  ResourceRisks(Past past) {
    this.past = past;
  }

  /**
   * What has reached its limit: it rises no more.
   *
   * @param lately a short one
   */
  Stream<Risk> exhausted(Window lately) {
    return each((resource, series) -> exhausted(resource, lately, series), lately);
  }

  /** What rises towards its limit, or leaks. */
  Stream<Risk> rising(Window window) {
    return each((resource, series) -> rising(resource, window, series), window);
  }

  private static Stream<Risk> each(
      BiFunction<Resource, Series, Optional<Risk>> find, Window window) {
    return Stream.of(Resource.values())
        .flatMap(
            resource ->
                window
                    .alive(resource.metric())
                    .filter(resource::isOf)
                    .flatMap(series -> find.apply(resource, series).stream()));
  }

  private static Optional<Risk> exhausted(Resource resource, Window lately, Series series) {
    Kind kind = resource.exhaustion();
    OptionalDouble limit = limit(resource, lately, series);
    int[] present = present(resource, lately, series);
    int[] end = IntStream.of(present).filter(part -> part >= Window.PARTS - FULL_PARTS).toArray();
    if (kind == null || limit.isEmpty() || end.length < FULL_PARTS) {
      return Optional.empty();
    }
    double least = DoubleStream.of(series.levels(end, resource::level)).min().getAsDouble();
    if (least < FULL * limit.getAsDouble()) {
      return Optional.empty();
    }
    Map<String, Double> evidence = new HashMap<>(Map.of("last_level", Math.abs(least)));
    putLimit(limit.getAsDouble(), evidence);
    return Optional.of(risk(kind, Severity.CRITICAL, resource, series, Horizon.at(0), evidence));
  }

  private Optional<Risk> rising(Resource resource, Window window, Series series) {
    int[] present = present(resource, window, series);
    Optional<Climb> climb =
        Climb.of(window.begins(present), series.levels(present, resource::level), window.seconds());
    return climb.flatMap(
        it -> exhaustion(resource, window, series, it).or(() -> leak(resource, series, it)));
  }

  /** Without the JVM's warm-up, and without what says that it was not measured yet. */
  private static int[] present(Resource resource, Window window, Series series) {
    int[] present = series.present(window.firstWarm(series));
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

  private Optional<Risk> exhaustion(Resource resource, Window window, Series series, Climb climb) {
    OptionalDouble limit = limit(resource, window, series);
    Kind kind = resource.exhaustion();
    if (kind == null || limit.isEmpty() || !climb.reaches(limit.getAsDouble())) {
      return Optional.empty();
    }
    double most = limit.getAsDouble();
    if (wasThereBefore(resource, window, series, climb, most)) {
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
  private boolean wasThereBefore(
      Resource resource, Window window, Series series, Climb climb, double limit) {
    double least = climb.end() - NEW_PEAK * (limit - climb.start());
    return past.before(window, series).anyMatch(part -> resource.peak(part) >= least);
  }

  private static OptionalDouble limit(Resource resource, Window window, Series series) {
    if (resource == Resource.DISK) {
      return OptionalDouble.of(0);
    }
    String name = resource.limit();
    if (name == null) {
      return OptionalDouble.empty();
    }
    InstanceId instance = series.latest().instance();
    return window.named(name).stream()
        .filter(limit -> limit.latest().instance().equals(instance))
        .flatMap(limit -> limit.from(0))
        .mapToDouble(MetricSummary::last)
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
    putLimit(limit, evidence);
    return evidence;
  }

  private static void putLimit(double limit, Map<String, Double> evidence) {
    if (limit > 0) {
      evidence.put("limit", limit);
    }
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
        series.latest().service(),
        series.latest().instance(),
        resource.subject(series.latest()),
        horizon,
        evidence,
        resource.action());
  }
}
