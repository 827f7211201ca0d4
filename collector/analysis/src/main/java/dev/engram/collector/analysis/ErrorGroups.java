package dev.engram.collector.analysis;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.analysis.triage.ErrorState;
import dev.engram.collector.analysis.triage.Regressions;
import dev.engram.collector.analysis.triage.Triage;
import dev.engram.collector.analysis.triage.Triages;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.KnowledgeRow;
import dev.engram.collector.store.StoreReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Groups exceptions by fingerprint, as people corrected that, and says how each group developed.
 */
public final class ErrorGroups {
  /** Parts of a trend. */
  public static final int TREND_PARTS = 12;

  private static final Comparator<ErrorGroup> MOST_FREQUENT_FIRST =
      comparingLong(ErrorGroup::count)
          .thenComparingLong(ErrorGroup::lastSeenEpochNanos)
          .reversed()
          .thenComparingLong(ErrorGroup::fingerprint);

  private final Function<ExceptionFilter, List<ExceptionGroup>> store;
  private final Triages triages;
  private final Regressions regressions;

  private ErrorGroups(
      StoreReader reader,
      List<KnowledgeRow> knowledge,
      Function<ExceptionFilter, List<ExceptionGroup>> store) {
    this.store = store;
    this.triages = Triages.of(knowledge);
    this.regressions = new Regressions(reader);
  }

  /**
   * The groups the filter takes, most frequent first; those that people ignore are among them.
   *
   * @param nowEpochNanos where the trend ends when the filter has no end
   */
  public static List<ErrorGroup> find(
      StoreReader reader, ExceptionFilter filter, long nowEpochNanos) {
    return find(reader, filter, nowEpochNanos, true);
  }

  /**
   * The same.
   *
   * @param ignored whether those that people ignore are among them
   */
  public static List<ErrorGroup> find(
      StoreReader reader, ExceptionFilter filter, long nowEpochNanos, boolean ignored) {
    List<KnowledgeRow> knowledge = reader.knowledge();
    // What people said can make fewer of them: only without it may the store cut.
    ExceptionFilter all =
        knowledge.isEmpty()
            ? filter
            : between(filter, filter.sinceEpochNanos(), filter.untilEpochNanos());
    return new ErrorGroups(reader, knowledge, reader::exceptionGroups)
        .find(all, nowEpochNanos)
        .filter(group -> ignored || group.triage().state() != ErrorState.IGNORED)
        .limit(filter.limit() == 0 ? Long.MAX_VALUE : filter.limit())
        .toList();
  }

  /**
   * These groups, as far as the filter takes them, most frequent first. The others are not read:
   * for few of many.
   *
   * @param roots such as belong to no other group
   */
  public static List<ErrorGroup> of(
      Collection<Long> roots, StoreReader reader, ExceptionFilter filter, long nowEpochNanos) {
    List<KnowledgeRow> knowledge = reader.knowledge();
    Triages triages = Triages.of(knowledge);
    List<Long> fingerprints =
        roots.stream().flatMap(root -> triages.members(root).stream()).toList();
    return new ErrorGroups(
            reader,
            knowledge,
            each ->
                fingerprints.stream()
                    .flatMap(it -> reader.exceptionGroups(each.of(it)).stream())
                    .toList())
        .find(filter, nowEpochNanos)
        .toList();
  }

  private Stream<ErrorGroup> find(ExceptionFilter filter, long nowEpochNanos) {
    List<ExceptionGroup> groups = store.apply(filter);
    if (groups.isEmpty()) {
      return Stream.of();
    }
    Map<Long, long[]> trends = trends(filter, begin(filter, groups), nowEpochNanos);
    Map<Long, List<ExceptionGroup>> byRoot = new LinkedHashMap<>();
    for (ExceptionGroup group : groups) {
      byRoot
          .computeIfAbsent(triages.root(group.fingerprint()), root -> new ArrayList<>())
          .add(group);
    }
    return byRoot.entrySet().stream()
        .map(merged -> describe(merged.getKey(), merged.getValue(), trends))
        .sorted(MOST_FREQUENT_FIRST);
  }

  private static long begin(ExceptionFilter filter, List<ExceptionGroup> groups) {
    if (filter.sinceEpochNanos() > 0) {
      return filter.sinceEpochNanos();
    }
    return groups.stream().mapToLong(ExceptionGroup::firstSeenEpochNanos).min().orElse(0);
  }

  /** One grouped question a part: the store counts, no exception is read. By root. */
  private Map<Long, long[]> trends(ExceptionFilter filter, long begin, long nowEpochNanos) {
    long end = filter.untilEpochNanos() > 0 ? filter.untilEpochNanos() : nowEpochNanos + 1;
    long length = Math.max(1, (end - begin + TREND_PARTS - 1) / TREND_PARTS);
    Map<Long, long[]> trends = new HashMap<>();
    for (int part = 0; part < TREND_PARTS; part++) {
      long since = begin + part * length;
      for (ExceptionGroup group :
          store.apply(between(filter, since, Math.min(end, since + length)))) {
        long root = triages.root(group.fingerprint());
        trends.computeIfAbsent(root, key -> new long[TREND_PARTS])[part] += group.count();
      }
    }
    return trends;
  }

  /** Without a limit. */
  private static ExceptionFilter between(ExceptionFilter filter, long since, long until) {
    return new ExceptionFilter(since, until, filter.service(), 0, null, 0, filter.where());
  }

  private ErrorGroup describe(long root, List<ExceptionGroup> merged, Map<Long, long[]> trends) {
    ExceptionGroup latest =
        merged.stream().max(comparingLong(ExceptionGroup::lastSeenEpochNanos)).orElseThrow();
    List<Long> parts = new ArrayList<>(TREND_PARTS);
    for (long count : trends.getOrDefault(root, new long[TREND_PARTS])) {
      parts.add(count);
    }
    return new ErrorGroup(
        ErrorLabel.of(root),
        root,
        latest.type(),
        latest.message(),
        merged.stream().mapToLong(ExceptionGroup::count).sum(),
        merged.stream().mapToLong(ExceptionGroup::firstSeenEpochNanos).min().orElse(0),
        latest.lastSeenEpochNanos(),
        merged.stream().flatMap(it -> it.services().stream()).distinct().sorted().toList(),
        List.copyOf(parts),
        triage(root, merged, latest.lastSeenEpochNanos()),
        others(root, merged));
  }

  private Triage triage(long root, List<ExceptionGroup> merged, long lastSeenEpochNanos) {
    Triage said = triages.of(root);
    boolean again =
        said.state() == ErrorState.RESOLVED && lastSeenEpochNanos >= said.sinceEpochNanos();
    return again
        ? regressions
            .of(merged.stream().map(ExceptionGroup::fingerprint).toList(), said)
            .map(said::regressedOn)
            .orElse(said)
        : said;
  }

  private static List<Long> others(long root, List<ExceptionGroup> merged) {
    return merged.stream()
        .map(ExceptionGroup::fingerprint)
        .filter(fingerprint -> fingerprint != root)
        .sorted()
        .toList();
  }
}
