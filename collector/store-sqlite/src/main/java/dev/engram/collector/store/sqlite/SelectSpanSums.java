package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanSum;
import dev.engram.collector.store.SpanSum.By;
import dev.engram.collector.store.SpanSums;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spans summed up by service and name or text. */
final class SelectSpanSums {
  private SelectSpanSums() {}

  /** Whether the sums of blocks, which know of time and service alone, can answer. */
  static boolean canAnswer(SpanFilter filter, By by) {
    boolean ofKind = filter.kind() == null || (by == By.REQUEST && filter.kind().equals("SERVER"));
    return ofKind
        && filter.category() == null
        && filter.status() == null
        && filter.minDurationNanos() == 0
        && filter.afterArrival() == 0
        && filter.limit() == 0
        && filter.where().isAny();
  }

  /** Of one state of the store; empty when the spans are to be read. */
  static Optional<Map<By, List<SpanSum>>> all(SpanFilter filter, ReadConnection connection)
      throws SQLException {
    Map<By, List<SpanSum>> sums = new EnumMap<>(By.class);
    for (By by : By.values()) {
      Optional<List<SpanSum>> known =
          canAnswer(filter, by) ? by(filter, by, connection) : Optional.empty();
      if (known.isEmpty()) {
        return Optional.empty();
      }
      sums.put(by, known.get());
    }
    return Optional.of(sums);
  }

  /** Empty when the spans are to be read. */
  static Optional<List<SpanSum>> by(SpanFilter filter, By by, ReadConnection connection)
      throws SQLException {
    List<SumKind> kinds =
        by == By.REQUEST
            ? List.of(SumKind.REQUEST)
            : List.of(SumKind.STATEMENT, SumKind.OTHER_STATEMENT);
    Map<Long, Long> services = SelectInstances.services(filter.service(), connection);
    SpanSums all = new SpanSums(by);
    for (SumKind kind : kinds) {
      Optional<Sums> sums =
          SelectSums.of(
              kind, filter.sinceEpochNanos(), filter.untilEpochNanos(), services, connection);
      if (sums.isEmpty()) {
        return Optional.empty();
      }
      add(sums.get(), all, connection.words);
    }
    return Optional.of(all.all());
  }

  private static void add(Sums sums, SpanSums all, WordTexts words) throws SQLException {
    for (Map.Entry<Sum.Key, Sum> entry : sums.all().entrySet()) {
      Sum.Key key = entry.getKey();
      Sum sum = entry.getValue();
      String service = words.text(key.owner());
      String name = key.text() == null ? words.text(key.name()) : key.text();
      all.add(new SpanSum(service, name, sum.count, sum.errors, sum.last, sum.durations));
    }
  }
}
