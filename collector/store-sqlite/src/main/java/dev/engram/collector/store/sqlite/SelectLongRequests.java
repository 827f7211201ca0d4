package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.sqlite.BlocksOfTime.Block;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The latest requests that took so long, where no index leads to them: the sums of a block say how
 * long its longest took, and of most blocks nothing needs to be read. For one transaction.
 */
final class SelectLongRequests {
  private static final Comparator<StoredSpan> LATEST_FIRST =
      Comparator.comparingLong((StoredSpan span) -> span.row().startEpochNanos())
          .thenComparingLong(StoredSpan::arrival)
          .reversed();

  /** Of more than these, the index on starts may find enough sooner. */
  private static final int MOST_READ = 8;

  /** Without the index on starts, which many other spans are in. */
  private static final String SOME =
      " AND s.arrival >= ? AND s.arrival < ? ORDER BY +s.start DESC, s.arrival DESC LIMIT ?";

  private final SpanFilter filter;
  private final ReadConnection connection;
  private final Conditions conditions;
  private List<StoredSpan> latest = List.of();

  private SelectLongRequests(SpanFilter filter, ReadConnection connection) throws SQLException {
    this.filter = filter;
    this.connection = connection;
    conditions = SelectSpans.conditionsOfEnded(filter, connection);
  }

  /** Whether the filter takes only requests that took so long, and not all of them. */
  static boolean canAnswer(SpanFilter filter) {
    return "SERVER".equals(filter.kind())
        && filter.minDurationNanos() > 0
        && filter.afterArrival() == 0
        && filter.limit() > 0
        && filter.untilEpochNanos() != Long.MIN_VALUE;
  }

  /** Latest first; empty when sums say too little of them. */
  static Optional<List<StoredSpan>> latest(SpanFilter filter, ReadConnection connection)
      throws SQLException {
    long since = filter.sinceEpochNanos() == 0 ? Long.MIN_VALUE : filter.sinceEpochNanos();
    long last = filter.untilEpochNanos() == 0 ? Long.MAX_VALUE : filter.untilEpochNanos() - 1;
    BlocksOfTime blocks = BlocksOfTime.of(SumKind.REQUEST, since, last, connection);
    return blocks.helps(MOST_READ)
        ? Optional.of(new SelectLongRequests(filter, connection).latest(blocks))
        : Optional.empty();
  }

  private List<StoredSpan> latest(BlocksOfTime blocks) throws SQLException {
    for (Arrivals range : blocks.read()) {
      read(range);
    }
    PriorityQueue<Block> left =
        new PriorityQueue<>(Comparator.comparingLong(Block::last).reversed());
    left.addAll(blocks.whole());
    try (PreparedStatement sums = blocks.prepareSums()) {
      for (Block block = left.poll(); block != null && mayHave(block); block = left.poll()) {
        long longest = longest(block, blocks, sums);
        if (longest >= filter.minDurationNanos() && block.level() > 0) {
          left.addAll(blocks.parts(block));
        } else if (longest >= filter.minDurationNanos()) {
          read(Arrivals.ofBlocks(block.number(), block.number() + 1));
        }
      }
    }
    return latest;
  }

  /** How long its longest took; any time where its sums are damaged. */
  private static long longest(Block block, BlocksOfTime blocks, PreparedStatement sums)
      throws SQLException {
    try {
      return Sums.longest(blocks.sums(block, sums));
    } catch (SQLException failure) {
      Failures.requireDamage(failure);
      return Long.MAX_VALUE;
    }
  }

  /** Whether one of its requests may be later than what is found; of one time, later arrivals. */
  private boolean mayHave(Block block) {
    return latest.size() < filter.limit()
        || block.last() >= latest.get(latest.size() - 1).row().startEpochNanos();
  }

  private void read(Arrivals range) throws SQLException {
    List<StoredSpan> all = new ArrayList<>(latest);
    all.addAll(
        SpanColumns.select(
            connection,
            SpanColumns.ENDED + conditions.where() + SOME,
            conditions.parametersAnd(range.from(), range.until(), filter.limit())));
    all.sort(LATEST_FIRST);
    latest = List.copyOf(all.subList(0, Math.min(all.size(), filter.limit())));
  }
}
