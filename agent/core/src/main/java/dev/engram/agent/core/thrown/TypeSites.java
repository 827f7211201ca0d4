package dev.engram.agent.core.thrown;

import dev.engram.agent.core.thrown.StackSamples.Sample;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.StackFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The sites of all types: what was sampled, and the estimates that wait to be told. A type whose
 * estimates wait gets no new ones, so that they are bounded; its samples go on adding up. Used by
 * one thread at a time.
 */
final class TypeSites {
  private final InAppFrames inApp;
  private final Map<TypeCount, SiteCounts> sampled = new HashMap<>();

  /** How many throwables of a type were shared out to its sites so far. */
  private final Map<TypeCount, Long> shared = new HashMap<>();

  private final PriorityQueue<Unsent> unsent =
      new PriorityQueue<>(Comparator.comparingLong(Unsent::count).reversed());

  /** The types of those. */
  private final Set<TypeCount> waiting = new HashSet<>();

  private record Unsent(TypeCount type, long periodNanos, SiteCounts.Estimate site) {
    long count() {
      return site.count();
    }

    boolean isTakenBy(ThrowCounts.Target target) {
      return target.put(
          type.name(),
          site.site(),
          periodNanos,
          site.count(),
          site.low(),
          site.high(),
          site.frames());
    }
  }

  TypeSites(InAppFrames inApp) {
    this.inApp = inApp;
  }

  void add(Sample sample) {
    List<StackFrame> frames = new ArrayList<>(sample.frames().size());
    for (StackWalker.StackFrame frame : sample.frames()) {
      frames.add(
          new StackFrame(
              frame.getClassName(),
              frame.getMethodName(),
              frame.getFileName(),
              frame.getLineNumber()));
    }
    sampled
        .computeIfAbsent(sample.type(), absent -> new SiteCounts())
        .add(inApp.nearest(frames).text(), sample.weight(), frames);
  }

  /**
   * Shares out what was not yet to the sites of a type.
   *
   * @param constructed of this type and with a place, from the beginning
   */
  void share(TypeCount type, long constructed, long periodNanos) {
    if (waiting.contains(type)) {
      return;
    }
    Long before = shared.put(type, constructed);
    long since = constructed - (before == null ? 0 : before);
    SiteCounts sites = since > 0 ? sampled.remove(type) : null;
    if (sites != null) {
      sites.estimates(since).forEach(site -> unsent.add(new Unsent(type, periodNanos, site)));
      waiting.add(type);
    }
  }

  /**
   * Tells what waits, the largest counts first; what is refused waits on.
   *
   * @param most so many
   */
  void tell(ThrowCounts.Target target, int most) {
    List<Unsent> refused = new ArrayList<>();
    for (int i = 0; i < most && !unsent.isEmpty(); i++) {
      Unsent next = unsent.remove();
      if (!next.isTakenBy(target)) {
        refused.add(next);
      }
    }
    unsent.addAll(refused);
    waiting.clear();
    unsent.forEach(it -> waiting.add(it.type()));
  }
}
