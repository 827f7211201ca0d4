package dev.engram.integration.healing;

import dev.engram.integration.healing.Episode.ByCount;
import dev.engram.integration.healing.Episode.ByDuration;
import dev.engram.integration.healing.Episode.ByProbability;
import dev.engram.integration.healing.Episode.ForEver;
import dev.engram.integration.healing.Fault.Arm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * When and how often a fault strikes: for the same fault and seed always the same, whatever the
 * service does about it. Pure.
 */
final class Schedule {
  /** Committed with the faults; a run with another one is another experiment. */
  static final long SEED = 20261126;

  /** Events of each kind, of which the first part is what a memory learns from. */
  static final int EVENTS = 240;

  private static final int SHAPES = 3;
  private static final int MOST_FAILURES = 2;
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofMillis(800);
  private static final double LEAST = 0.2;
  private static final double MOST = 0.5;

  /**
   * Exceptions of methods that real systems repeat: distinct triples of enclosing method, repeated
   * method and exception in eight Apache systems (WASABI, SOSP 2024), the most frequent ones.
   */
  private static final Map<String, Integer> RETRIED =
      new TreeMap<>(
          Map.of(
              "java.io.IOException", 311,
              "java.net.SocketException", 32,
              "java.util.concurrent.TimeoutException", 12,
              "java.sql.SQLTransientException", 10));

  private Schedule() {}

  /** The events of a fault, in the order in which they strike. */
  static List<Episode> of(Fault fault, long seed) {
    long of = mixed(seed, fault.name().hashCode());
    return IntStream.range(0, EVENTS).mapToObj(event -> episode(fault, mixed(of, event))).toList();
  }

  /** What a method that fails throws in an event: the class of the exception. */
  static String exception(Fault fault, long seed, int event) {
    long all = RETRIED.values().stream().mapToLong(Integer::longValue).sum();
    double drawn = uniform(mixed(mixed(seed, fault.name().hashCode()), event), -1) * all;
    for (Map.Entry<String, Integer> each : RETRIED.entrySet()) {
      drawn -= each.getValue();
      if (drawn < 0) {
        return each.getKey();
      }
    }
    throw new IllegalStateException("more was drawn than there is");
  }

  private static Episode episode(Fault fault, long seed) {
    if (fault.arm() == Arm.CONTROL) {
      return new ForEver();
    }
    double drawn = uniform(seed, -2);
    return switch ((int) (uniform(seed, -3) * SHAPES)) {
      case 0 -> new ByCount(1 + (int) (drawn * MOST_FAILURES));
      case 1 ->
          new ByDuration(SHORTEST.plusMillis((long) (drawn * LONGEST.minus(SHORTEST).toMillis())));
      default -> new ByProbability(LEAST + drawn * (MOST - LEAST), seed);
    };
  }

  /** From 0, less than 1; the same for the same two. */
  static double uniform(long seed, long number) {
    return (mixed(seed, number) >>> 11) * 0x1.0p-53;
  }

  /** The finisher of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
  private static long mixed(long seed, long number) {
    long z = seed + number * 0x9e3779b97f4a7c15L + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
