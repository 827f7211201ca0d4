package dev.engram.collector.analysis.prevent;

import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.StoreReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds what will fail. Pure. */
public final class Risks {
  /** What is fast shows in the shortest, what is slow in the longest. */
  private static final List<Long> HOURS = List.of(1L, 6L, 24L);

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
    for (Window window : windows) {
      add(new ResourceRisks(window, longest, starts).find());
      add(new PoolRisks(reader, filter, window, longest, starts).find());
    }
    long since = longest.sinceEpochNanos();
    add(new ExpiryRisks(reader, filter, since, until).find());
    add(RetryRisks.find(reader, filter, since, until));
    return found.values().stream().sorted(Risk.ORDER).toList();
  }

  /** The shortest first. */
  private List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    if (filter.sinceEpochNanos() > 0) {
      windows.add(Window.read(reader, filter, filter.sinceEpochNanos(), until));
    } else {
      for (long hours : HOURS) {
        long since = Math.max(0, until - TimeUnit.HOURS.toNanos(hours));
        windows.add(Window.read(reader, filter, since, until));
      }
    }
    return windows;
  }

  /** Each once; of the same in several windows, or on one disk, the most urgent. */
  private void add(Stream<Risk> risks) {
    risks.forEach(risk -> found.merge(key(risk), risk, Risks::moreUrgent));
  }

  private Key key(Risk risk) {
    if (risk.instance() == null) {
      return new Key(risk.kind(), risk.service(), risk.subject());
    }
    String where =
        risk.kind() == Kind.DISK_EXHAUSTION
            ? starts.host(risk.instance())
            : risk.instance().toString();
    return new Key(risk.kind(), where, risk.subject());
  }

  private static Risk moreUrgent(Risk one, Risk other) {
    return Risk.ORDER.compare(one, other) <= 0 ? one : other;
  }
}
