package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoredException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Finds what happened around a trace, an error or an instance. */
final class Timelines {
  private final StoreReader reader;
  private final Finder finder;

  /**
   * What a timeline is about.
   *
   * @param since its own begin
   * @param until its own end
   * @param centre what is nearest to it matters most
   */
  private record Anchor(String about, Set<String> services, long since, long until, long centre) {}

  Timelines(StoreReader reader, Finder finder) {
    this.reader = reader;
    this.finder = finder;
  }

  Shown of(String id, long windowNanos, int limit, long nowEpochNanos) {
    Shown shown = finder.show(id, nowEpochNanos);
    if (shown instanceof TraceTree trace) {
      return around(anchor(trace), windowNanos, limit);
    }
    if (shown instanceof ErrorDetail detail) {
      return around(anchor(detail), windowNanos, limit);
    }
    return shown instanceof Shown.Ambiguous ? shown : ofInstance(id, windowNanos, limit, shown);
  }

  private Shown ofInstance(String id, long windowNanos, int limit, Shown otherwise) {
    String begin = id.toLowerCase(Locale.ROOT);
    List<Instance> found =
        reader.instances().stream()
            .filter(instance -> !begin.isEmpty() && instance.id().toString().startsWith(begin))
            .toList();
    if (found.size() > 1) {
      return new Shown.Ambiguous(found.stream().map(it -> it.id().toString()).toList());
    }
    return found.isEmpty() ? otherwise : around(anchor(found.get(0)), windowNanos, limit);
  }

  private static Anchor anchor(TraceTree trace) {
    Set<String> services = new TreeSet<>();
    trace.roots().forEach(node -> addServices(node, services));
    trace.unplaced().forEach(exception -> services.add(exception.service()));
    long asked =
        trace.askedSpanId() == 0 && !trace.roots().isEmpty()
            ? trace.roots().get(0).span().row().spanId()
            : trace.askedSpanId();
    return new Anchor(
        SpanIds.hex(asked),
        services,
        trace.startEpochNanos(),
        trace.endEpochNanos(),
        trace.startEpochNanos());
  }

  private static void addServices(TraceTree.Node node, Set<String> services) {
    services.add(node.span().service());
    node.children().forEach(child -> addServices(child, services));
  }

  /** Around its latest exception. */
  private static Anchor anchor(ErrorDetail detail) {
    StoredException latest = detail.latest();
    long time = latest.row().timeEpochNanos();
    String label = ErrorLabel.of(latest.row().fingerprint());
    return new Anchor(label, Set.of(latest.service()), time, time, time);
  }

  /** All of its life; its end matters most. */
  private Anchor anchor(Instance instance) {
    long end = instance.endedEpochNanos();
    long last = end == 0 ? latest(instance) : end;
    return new Anchor(
        instance.id().toString(),
        Set.of(instance.service()),
        instance.startedEpochNanos(),
        Math.max(instance.startedEpochNanos(), last),
        last);
  }

  /** When a service that runs was last asked something. */
  private long latest(Instance instance) {
    return reader.spans(Nearby.requests(0, 0, instance.service(), 1)).stream()
        .findFirst()
        .map(Queries::start)
        .orElse(instance.startedEpochNanos());
  }

  private Timeline around(Anchor anchor, long windowNanos, int limit) {
    long since = Math.max(0, anchor.since - windowNanos);
    long until = anchor.until + windowNanos < 0 ? Long.MAX_VALUE : anchor.until + windowNanos;
    Nearby nearby = new Nearby(reader, anchor.services, since, until, anchor.centre, limit);
    List<TimelineEntry> all = nearby.entries();
    List<TimelineEntry> nearest = new ArrayList<>(all);
    nearest.sort((one, other) -> Long.compareUnsigned(away(one, anchor), away(other, anchor)));
    boolean complete = all.size() <= limit && nearby.complete();
    nearest = nearest.subList(0, Math.min(limit, nearest.size()));
    nearest.sort(TimelineEntry.EARLIEST_FIRST);
    return new Timeline(
        anchor.about, anchor.services, since, until, List.copyOf(nearest), complete);
  }

  private static long away(TimelineEntry entry, Anchor anchor) {
    long time = entry.timeEpochNanos();
    return time < anchor.centre ? anchor.centre - time : time - anchor.centre;
  }
}
