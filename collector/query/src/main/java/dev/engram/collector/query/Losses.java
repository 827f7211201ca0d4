package dev.engram.collector.query;

import dev.engram.collector.query.TraceTree.Node;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the losses that an answer may lack records of. */
final class Losses {
  private final StoreReader reader;

  Losses(StoreReader reader) {
    this.reader = reader;
  }

  List<Loss> of(Range range) {
    String service = range.service();
    long until = range.untilEpochNanos() == 0 ? Long.MAX_VALUE : range.untilEpochNanos();
    return in(
        new Period(range.sinceEpochNanos(), Math.max(range.sinceEpochNanos(), until)),
        loss -> service == null || loss.service().equals(service));
  }

  /** A span without an end may have lost it at any time later. */
  List<Loss> of(TraceTree trace) {
    Set<InstanceId> instances = new HashSet<>();
    boolean ended = note(trace.roots(), instances);
    Period period =
        new Period(trace.startEpochNanos(), ended ? trace.endEpochNanos() : Long.MAX_VALUE);
    return in(period, loss -> instances.contains(loss.instance()));
  }

  List<Loss> of(Conversation conversation) {
    SpanRow row = conversation.call().span().row();
    long start = row.startEpochNanos();
    Period period =
        new Period(start, row.durationNanos() < 0 ? Long.MAX_VALUE : start + row.durationNanos());
    return in(period, loss -> loss.instance().equals(row.instance()));
  }

  List<Loss> of(ErrorDetail detail) {
    return since(
        detail.group().firstSeenEpochNanos(),
        loss -> detail.group().services().contains(loss.service()));
  }

  /** Whether all of them have ended. */
  private static boolean note(List<Node> nodes, Set<InstanceId> instances) {
    boolean ended = true;
    for (Node node : nodes) {
      instances.add(node.span().row().instance());
      ended &= node.span().row().durationNanos() >= 0;
      ended &= note(node.children(), instances);
    }
    return ended;
  }

  private List<Loss> since(long epochNanos, Predicate<Loss> wanted) {
    return in(new Period(epochNanos, Long.MAX_VALUE), wanted);
  }

  private List<Loss> in(Period period, Predicate<Loss> wanted) {
    return reader.losses(period).stream().filter(wanted).toList();
  }
}
