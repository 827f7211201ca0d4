package dev.engram.collector.query;

import dev.engram.collector.analysis.Versions;
import dev.engram.collector.analysis.compare.Changes;
import dev.engram.collector.analysis.gate.Limits;
import dev.engram.collector.analysis.gate.RunProfile;
import dev.engram.collector.analysis.gate.RunProfiles;
import dev.engram.collector.analysis.gate.RunWindow;
import dev.engram.collector.query.Comparison.Part;
import dev.engram.collector.store.Condition;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.StoreReader;
import java.util.List;
import java.util.stream.Stream;

/** What differs between two versions of a service, or two stretches of time. */
public final class CompareQueries {
  private final StoreReader reader;

  CompareQueries(StoreReader reader) {
    this.reader = reader;
  }

  /** The versions of a service that are known, the one that was first started last first. */
  public List<String> versions(String service) {
    return new Versions(reader.instances()).of(service);
  }

  /**
   * The part of a range in which this version of its service was there, and of that part what this
   * version did: two may have run at once.
   */
  public Range ofVersion(Range range, String version) {
    List<RunWindow> windows =
        reader.instances().stream()
            .filter(instance -> instance.service().equals(range.service()))
            .filter(instance -> instance.version().equals(version))
            .map(instance -> RunQueries.window(instance, 0))
            .toList();
    long since = windows.stream().mapToLong(RunWindow::sinceEpochNanos).min().orElse(0);
    long until = windows.stream().mapToLong(CompareQueries::end).max().orElse(0);
    long end = range.untilEpochNanos() == 0 ? Long.MAX_VALUE : range.untilEpochNanos();
    return range
        .between(Math.max(since, range.sinceEpochNanos()), Math.min(until, end))
        .and(Condition.equal("version", version));
  }

  /** What is different in the later of two parts; at most as many as its range says. */
  public Comparison compare(String beforeName, Range before, String afterName, Range after) {
    RunProfile then = profile(before);
    RunProfile now = profile(after);
    Limits limits = Limits.of(Limits.LEAST_COUNT, Limits.TOLERANCE, null);
    Changes.Found found = Changes.between(then, now, limits);
    return new Comparison(
        new Part(beforeName, before, then.requests()),
        new Part(afterName, after, now.requests()),
        found.compared(),
        found.changes().stream().limit(after.limit()).toList(),
        losses(before, after));
  }

  private static long end(RunWindow window) {
    return window.untilEpochNanos() == 0 ? Long.MAX_VALUE : window.untilEpochNanos();
  }

  private RunProfile profile(Range range) {
    RunWindow window =
        new RunWindow(range.service(), range.sinceEpochNanos(), range.untilEpochNanos());
    return RunProfiles.of(reader, window, range.where());
  }

  private List<Loss> losses(Range before, Range after) {
    Losses losses = new Losses(reader);
    return Stream.of(before, after)
        .flatMap(range -> losses.of(range).stream())
        .distinct()
        .sorted(Loss.ORDER)
        .toList();
  }
}
