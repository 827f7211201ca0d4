package dev.engram.collector.analysis.compare;

import static java.util.Comparator.comparing;

import dev.engram.collector.analysis.compare.Change.Kind;
import dev.engram.collector.analysis.compare.Change.Side;
import dev.engram.collector.analysis.gate.Limits;
import dev.engram.collector.analysis.gate.RunProfile;
import dev.engram.collector.analysis.gate.RunProfile.SeenTiming;
import dev.engram.collector.analysis.gate.RunProfile.Timed;
import dev.engram.collector.analysis.gate.Slowdowns;
import dev.engram.collector.analysis.gate.Slowdowns.Slowdown;
import dev.engram.collector.analysis.gate.Timing;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what changed beyond noise from one part of the memory to another: times as the gate does,
 * counts by the ratio of their rates. Because many are compared at once, each may err in as many
 * fewer cases (Bonferroni).
 */
public final class Changes {
  /** Slower, faster, more frequent, less frequent. */
  private static final int KINDS = 4;

  private final Requests before;
  private final Requests after;
  private final Limits limits;
  private final List<Change> found = new ArrayList<>();
  private final Slowdowns slower;

  private Changes(RunProfile before, RunProfile after, Limits limits) {
    this.before = new Requests(before);
    this.after = new Requests(after);
    this.limits = limits.ofKinds(KINDS);
    slower = new Slowdowns(after, before, this.limits);
  }

  /**
   * What changed.
   *
   * @param compared how many routes and statements had executions enough in both
   */
  public record Found(int compared, List<Change> changes) {
    public Found {
      changes = List.copyOf(changes);
    }
  }

  /** What changed, by kind, then the greatest ratio first, then by service and subject. */
  public static Found between(RunProfile before, RunProfile after, Limits limits) {
    return new Changes(before, after, limits).find();
  }

  private Found find() {
    slower.find().forEach(slowdown -> found.add(slower(slowdown)));
    new Slowdowns(before.profile(), after.profile(), limits)
        .find()
        .forEach(speedup -> found.add(faster(speedup)));
    List<Pair> pairs = Pair.of(before, after);
    pairs.forEach(pair -> addIfChanged(pair, limits.wrong() / pairs.size()));
    found.sort(
        comparing(Change::kind)
            .thenComparing(comparing(Change::ratio).reversed())
            .thenComparing(Change::service)
            .thenComparing(Change::subject));
    return new Found(slower.compared(), found);
  }

  private Change slower(Slowdown slowdown) {
    SeenTiming now = slowdown.now();
    Kind kind = now.timed() == Timed.ROUTE ? Kind.ROUTE_SLOWER : Kind.STATEMENT_SLOWER;
    return timed(kind, now, slowdown.before(), now.timing());
  }

  /** The two parts have changed places: what is now slower was so before. */
  private Change faster(Slowdown speedup) {
    SeenTiming then = speedup.now();
    Kind kind = then.timed() == Timed.ROUTE ? Kind.ROUTE_FASTER : Kind.STATEMENT_FASTER;
    return timed(kind, then, then.timing(), speedup.before());
  }

  private Change timed(Kind kind, SeenTiming of, Timing then, Timing now) {
    double wrong = limits.wrong() / slower.compared();
    return new Change(
        kind,
        of.service(),
        of.name(),
        "",
        new Side(before.frequency(List.of(of.service()), then.count()), then.medianNanos()),
        new Side(after.frequency(List.of(of.service()), now.count()), now.medianNanos()),
        (double) now.medianNanos() / then.medianNanos(),
        now.slowerAtLeast(then, wrong),
        1 / then.slowerAtLeast(now, wrong));
  }

  /** An error that is new is told however rare it is, as the gate does. */
  private void addIfChanged(Pair pair, double wrong) {
    double more = pair.after().moreFrequentAtLeast(pair.before(), wrong);
    double less = pair.before().moreFrequentAtLeast(pair.after(), wrong);
    double least = 1 + limits.tolerance();
    boolean isMore = pair.isNewError() || more > least;
    if (pair.isTold() && (isMore || less > least)) {
      found.add(
          new Change(
              pair.kind(isMore),
              pair.service(),
              pair.subject(),
              pair.detail(),
              new Side(pair.before(), -1),
              new Side(pair.after(), -1),
              pair.ratio(),
              more,
              less == 0 ? Double.POSITIVE_INFINITY : 1 / less));
    }
  }
}
