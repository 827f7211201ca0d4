package dev.engram.collector.store.sqlite;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Executions of SQL summed up by statement, most total time first: by the sums of blocks, or by
 * reading them where something must be met that those do not know.
 */
final class SelectStatements {
  private record Key(String service, String system, String text) {}

  private record Summed(Key key, Sum sum) {
    long totalNanos() {
      return sum.durations.total();
    }

    /** All but the trace and the span of the longest. */
    StatementSummary summary(TraceId trace, long spanId) {
      return new StatementSummary(
          key.service(),
          key.system(),
          key.text(),
          sum.count,
          sum.errors,
          sum.durations.total(),
          sum.durations.longest(),
          sum.durations.percentile(50),
          sum.durations.percentile(95),
          sum.counted,
          sum.empty,
          trace,
          spanId);
    }
  }

  /** As {@link StatementSummary#MOST_TIME_FIRST}. */
  private static final Comparator<Summed> MOST_TIME_FIRST =
      comparingLong(Summed::totalNanos)
          .reversed()
          .thenComparing(it -> it.key().service())
          .thenComparing(it -> it.key().system())
          .thenComparing(it -> it.key().text());

  private SelectStatements() {}

  static List<StatementSummary> by(StatementFilter filter, ReadConnection connection)
      throws SQLException {
    Optional<Sums> sums =
        filter.where().isAny() && filter.minDurationNanos() == 0
            ? SelectSums.of(
                SumKind.STATEMENT,
                filter.sinceEpochNanos(),
                filter.untilEpochNanos(),
                SelectInstances.services(filter.service(), connection),
                connection)
            : Optional.empty();
    return sums.isEmpty()
        ? SelectSlowestStatements.by(filter, connection)
        : slowest(summed(sums.get(), connection.words), filter.limit(), connection);
  }

  private static List<Summed> summed(Sums sums, WordTexts words) throws SQLException {
    Map<Key, Sum> byText = new HashMap<>();
    for (Map.Entry<Sum.Key, Sum> entry : sums.all().entrySet()) {
      byText.merge(key(entry.getKey(), words), entry.getValue(), Sum::and);
    }
    List<Summed> all = new ArrayList<>();
    byText.forEach((key, sum) -> all.add(new Summed(key, sum)));
    return all;
  }

  private static Key key(Sum.Key of, WordTexts words) throws SQLException {
    String system = of.system() == 0 ? "" : words.text(of.system());
    return new Key(words.text(of.owner()), system, words.text(of.name()));
  }

  private static List<StatementSummary> slowest(
      List<Summed> all, int limit, ReadConnection connection) throws SQLException {
    all.sort(MOST_TIME_FIRST);
    List<StatementSummary> slowest = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepare("SELECT trace_high, trace_low, span_id FROM span WHERE arrival = ?")) {
      for (Summed each : limit == 0 || limit >= all.size() ? all : all.subList(0, limit)) {
        statement.setLong(1, each.sum().longestArrival);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          slowest.add(each.summary(new TraceId(row.getLong(1), row.getLong(2)), row.getLong(3)));
        }
      }
    }
    return slowest;
  }
}
