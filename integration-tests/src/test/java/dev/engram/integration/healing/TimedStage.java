package dev.engram.integration.healing;

import dev.engram.integration.healing.Episode.ByDuration;
import java.time.Duration;
import java.util.function.LongFunction;

/**
 * A fault that lasts for a time, for nobody sees an attempt who could count it: each attempt that
 * would have failed stands for 120 ms.
 */
final class TimedStage implements Stage {
  private static final long ATTEMPT_MILLIS = 120;
  private static final int MOST = 20;

  private final String place;
  private final long least;
  private final LongFunction<String> request;

  /**
   * @param least milliseconds, without which nothing would fail
   * @param request that meets a fault of so many milliseconds; of 0 one that succeeds
   */
  TimedStage(String place, long least, LongFunction<String> request) {
    this.place = place;
    this.least = least;
    this.request = request;
  }

  /** How long it lasts. */
  static long millis(Episode episode) {
    if (episode instanceof ByDuration duration) {
      return duration.length().toMillis();
    }
    return failing(episode) * ATTEMPT_MILLIS;
  }

  /** How many attempts fail, of one that fails for no time; 20 of one that always does. */
  static int failing(Episode episode) {
    int failing = 1;
    while (failing < MOST && episode.fails(failing + 1, Duration.ZERO)) {
      failing++;
    }
    return failing;
  }

  @Override
  public String event(int number, Episode episode) {
    return request.apply(least + millis(episode));
  }

  @Override
  public String other() {
    return request.apply(0);
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public int asked() {
    return -1;
  }
}
