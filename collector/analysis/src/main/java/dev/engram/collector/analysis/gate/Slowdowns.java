package dev.engram.collector.analysis.gate;

import dev.engram.collector.analysis.gate.RunProfile.SeenTiming;
import dev.engram.collector.analysis.gate.RunProfile.Timed;
import dev.engram.collector.analysis.gate.Verdict.Check;
import dev.engram.collector.analysis.gate.Verdict.Judged;
import dev.engram.collector.analysis.gate.Verdict.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds what got slower beyond noise: where the lower confidence bound of the ratio of medians lies
 * above what is tolerated. Because many are compared at once, each may err in as many fewer cases
 * (Bonferroni), so that a run without a change rarely fails however many routes it has.
 */
public final class Slowdowns {
  /**
   * One route or statement that got slower.
   *
   * @param atLeast the factor by which it is slower, at least
   */
  public record Slowdown(SeenTiming now, Timing before, double atLeast) {}

  private record Compared(SeenTiming now, Timing before) {}

  private final List<Compared> pairs = new ArrayList<>();
  private final RunProfile run;
  private final Limits limits;

  public Slowdowns(RunProfile run, RunProfile baseline, Limits limits) {
    this.run = run;
    this.limits = limits;
    Map<List<Object>, Timing> before = new HashMap<>();
    baseline.timings().forEach(timing -> before.put(key(timing), timing.timing()));
    for (SeenTiming now : run.timings()) {
      Timing then = before.get(key(now));
      if (then != null && isEnough(now.timing()) && isEnough(then)) {
        pairs.add(new Compared(now, then));
      }
    }
  }

  Judged judge(Check check, Timed timed) {
    List<Violation> violations =
        find().stream()
            .filter(slowdown -> slowdown.now().timed() == timed)
            .map(Slowdowns::violation)
            .toList();
    return Judged.of(check, note(timed), violations);
  }

  /** What got slower, in the order of the run's timings. */
  public List<Slowdown> find() {
    return pairs.stream()
        .filter(this::isSlower)
        .map(pair -> new Slowdown(pair.now(), pair.before(), ratio(pair)))
        .toList();
  }

  /** How many routes and statements both had often enough to be compared. */
  public int compared() {
    return pairs.size();
  }

  private boolean isSlower(Compared pair) {
    return ratio(pair) > 1 + limits.tolerance()
        && pair.now().timing().medianNanos() - pair.before().medianNanos() >= limits.leastNanos();
  }

  private double ratio(Compared pair) {
    return pair.now().timing().slowerAtLeast(pair.before(), limits.wrong() / pairs.size());
  }

  private static Violation violation(Slowdown slowdown) {
    SeenTiming now = slowdown.now();
    String detail =
        String.format(
            Locale.ROOT,
            "median %.2f ms instead of %.2f ms: at least %.2f times as long (%,d and %,d"
                + " executions)",
            millis(now.timing()),
            millis(slowdown.before()),
            slowdown.atLeast(),
            now.timing().count(),
            slowdown.before().count());
    return new Violation(now.service(), now.name(), detail);
  }

  private String note(Timed timed) {
    long all = run.timings().stream().filter(timing -> timing.timed() == timed).count();
    long compared = pairs.stream().filter(pair -> pair.now().timed() == timed).count();
    return compared
        + " of "
        + all
        + " compared"
        + (compared == all ? "" : "; the others have no baseline or fewer than ")
        + (compared == all ? "" : limits.leastCount() + " executions");
  }

  private boolean isEnough(Timing timing) {
    return timing.count() >= limits.leastCount();
  }

  private static List<Object> key(SeenTiming timing) {
    return List.of(timing.timed(), timing.service(), timing.name());
  }

  private static double millis(Timing timing) {
    return timing.medianNanos() / 1e6;
  }
}
