package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Severity;
import java.util.concurrent.TimeUnit;

/** How long until a climb reaches its limit, and how urgent that is. */
final class Horizons {
  private Horizons() {}

  /** By the slope, and by the steepest and the flattest that it may have. */
  static Horizon of(Climb climb, double limit) {
    return new Horizon(
        nanos(climb.secondsUntil(limit, climb.trend().slope())),
        nanos(climb.secondsUntil(limit, climb.trend().high())),
        nanos(climb.secondsUntil(limit, climb.trend().low())));
  }

  static Severity severity(Horizon horizon) {
    if (horizon.nanos() < TimeUnit.HOURS.toNanos(1)) {
      return Severity.CRITICAL;
    }
    return horizon.nanos() < TimeUnit.DAYS.toNanos(1) ? Severity.WARNING : Severity.NOTICE;
  }

  /** At most {@link Long#MAX_VALUE}. */
  private static long nanos(double seconds) {
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }
}
