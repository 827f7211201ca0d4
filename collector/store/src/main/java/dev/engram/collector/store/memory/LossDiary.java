package dev.engram.collector.store.memory;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** When one instance lost records. */
final class LossDiary {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private record Key(String term, String reason) {}

  private record Page(Key key, long minute) {}

  private record Entry(Period period, long count) {
    Entry plus(Entry other) {
      return new Entry(
          new Period(
              Math.min(period.sinceEpochNanos(), other.period.sinceEpochNanos()),
              Math.max(period.untilEpochNanos(), other.period.untilEpochNanos())),
          count + other.count);
    }
  }

  private final Map<Key, Long> noted = new HashMap<>();
  private final Map<Page, Entry> entries = new HashMap<>();

  /** Notes by how much the books' losses have grown. */
  void note(Accounting books, Period sinceLast) {
    long minute = Math.floorDiv(sinceLast.untilEpochNanos(), MINUTE);
    books.eachLoss(
        (term, reason, count) -> {
          Key key = new Key(term, reason);
          long growth = count - noted.getOrDefault(key, 0L);
          if (growth > 0) {
            noted.put(key, count);
            entries.merge(new Page(key, minute), new Entry(sinceLast, growth), Entry::plus);
          }
        });
  }

  Stream<Loss> losses(Instance instance) {
    return entries.entrySet().stream()
        .map(
            entry ->
                new Loss(
                    instance.id(),
                    instance.service(),
                    entry.getKey().key().term(),
                    entry.getKey().key().reason(),
                    entry.getValue().period(),
                    entry.getValue().count()));
  }
}
