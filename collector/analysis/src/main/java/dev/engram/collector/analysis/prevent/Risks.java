package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.StoreReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds what will fail. Pure. */
public final class Risks {
  /** What is fast shows in the shortest, what is slow in the longest. */
  private static final List<Long> HOURS = List.of(1L, 6L, 24L);

  /** What is true of now is looked for in the last hour, whatever else is looked at. */
  private static final long LATELY_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  private record Key(Kind kind, String where, String subject) {}

  private final StoreReader reader;
  private final MetricFilter filter;
  private final long until;
  private final Starts starts;
  private final Map<Key, Risk> found = new HashMap<>();

  private Risks(StoreReader reader, MetricFilter filter, long until) {
    this.reader = reader;
    this.filter = filter;
    this.until = until;
    this.starts = new Starts(reader.instances());
  }

  /**
   * What will fail, in {@link Risk#ORDER}. A filter with a begin takes all from then on as one;
   * without one the last hour, six hours and day are looked at.
   *
   * @param filter its limit is not used
   * @param nowEpochNanos where the time ends that is looked at, when the filter has no end
   */
  public static List<Risk> find(StoreReader reader, MetricFilter filter, long nowEpochNanos) {
    long until = filter.untilEpochNanos() == 0 ? nowEpochNanos : filter.untilEpochNanos();
    return filter.sinceEpochNanos() >= until
        ? List.of()
        : new Risks(reader, filter, Math.min(until, nowEpochNanos)).find();
  }

  private List<Risk> find() {
    List<Window> windows = windows();
    Window longest = windows.get(windows.size() - 1);
    long since = longest.sinceEpochNanos();
    Past past = new Past(List.of(longest, read(since - DAY_NANOS, since)));
    ResourceRisks resources = new ResourceRisks(past);
    PoolRisks pools = new PoolRisks(past, new RequestRates(reader, filter));
    Window lately =
        filter.sinceEpochNanos() == 0 ? windows.get(0) : read(until - LATELY_NANOS, until);
    add(resources.exhausted(lately));
    add(pools.exhausted(lately));
    for (Window window : windows) {
      add(resources.rising(window));
      add(pools.filling(window).filter(risk -> !found.containsKey(exhausted(risk))));
    }
    add(new ExpiryRisks(reader, filter, since, until).find());
    add(RetryRisks.find(reader, filter, since, until));
    return found.values().stream().sorted(Risk.ORDER).toList();
  }

  /** The shortest first. */
  private List<Window> windows() {
    return filter.sinceEpochNanos() > 0
        ? List.of(read(filter.sinceEpochNanos(), until))
        : HOURS.stream().map(hours -> read(until - TimeUnit.HOURS.toNanos(hours), until)).toList();
  }

  private Window read(long since, long until) {
    return Window.read(reader, filter, starts, Math.max(0, since), until);
  }

  /** Each once; of the same in several windows the most urgent. */
  private void add(Stream<Risk> risks) {
    risks.forEach(risk -> found.merge(key(risk.kind(), risk), risk, Risks::moreUrgent));
  }

  /** A pool that does not suffice need not fill any more. */
  private static Key exhausted(Risk pool) {
    return key(Kind.POOL_EXHAUSTED, pool);
  }

  private static Key key(Kind kind, Risk risk) {
    String where = risk.instance() == null ? risk.service() : risk.instance().toString();
    return new Key(kind, where, risk.subject());
  }

  private static Risk moreUrgent(Risk one, Risk other) {
    return Risk.ORDER.compare(one, other) <= 0 ? one : other;
  }
}
