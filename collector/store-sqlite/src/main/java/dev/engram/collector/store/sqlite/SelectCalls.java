package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.sqlite.BlocksOfTime.Block;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * All calls of models of a time, oldest first, as their blocks keep them together. For one
 * transaction.
 */
final class SelectCalls {
  /** More are not read at once, because they are held until it is known which is the oldest. */
  private static final int MOST_READ = 8;

  /** Nor are more of one time: those of a block are held until the next one is later. */
  private static final int MOST_AT_ONCE = 16;

  private final SpanFilter filter;
  private final Consumer<StoredSpan> visitor;
  private final UnpackedCalls calls;
  private final PriorityQueue<StoredSpan> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong((StoredSpan span) -> span.row().startEpochNanos())
              .thenComparingLong(StoredSpan::arrival));

  private SelectCalls(SpanFilter filter, Consumer<StoredSpan> visitor, UnpackedCalls calls) {
    this.filter = filter;
    this.visitor = visitor;
    this.calls = calls;
  }

  /** Whether the filter takes calls of models alone, and says no more of them than blocks know. */
  static boolean canAnswer(SpanFilter filter) {
    return PackedCalls.KIND.equals(filter.kind())
        && PackedCalls.CATEGORY.equals(filter.category())
        && filter.minDurationNanos() == 0
        && filter.afterArrival() == 0
        && filter.limit() == 0
        && filter.untilEpochNanos() != Long.MIN_VALUE
        && filter.where().isAny();
  }

  /** Hands them over without payloads and exceptions; false when blocks know too few of them. */
  static boolean visit(SpanFilter filter, Consumer<StoredSpan> visitor, ReadConnection connection)
      throws SQLException {
    long since = filter.sinceEpochNanos() == 0 ? Long.MIN_VALUE : filter.sinceEpochNanos();
    long last = filter.untilEpochNanos() == 0 ? Long.MAX_VALUE : filter.untilEpochNanos() - 1;
    BlocksOfTime blocks = BlocksOfTime.of(SumKind.CALL, since, last, connection);
    List<Block> whole = new ArrayList<>(blocks.whole());
    whole.sort(Comparator.comparingLong(Block::first));
    if (!blocks.helps(MOST_READ) || !followOneAnother(whole)) {
      return false;
    }
    SelectCalls select = new SelectCalls(filter, visitor, new UnpackedCalls(connection));
    PackedCalls read = new PackedCalls();
    for (Arrivals range : blocks.read()) {
      read.add(range, since, last, connection);
    }
    select.hold(read.toBytes(new BlobWriter()));
    select.visit(whole, blocks);
    return true;
  }

  /** Services whose records came late, or have a clock of their own, make blocks of one time. */
  private static boolean followOneAnother(List<Block> byFirst) {
    PriorityQueue<Long> ends = new PriorityQueue<>();
    for (Block block : byFirst) {
      while (!ends.isEmpty() && ends.element() < block.first()) {
        ends.remove();
      }
      ends.add(block.last());
      if (ends.size() > MOST_AT_ONCE) {
        return false;
      }
    }
    return true;
  }

  private void visit(List<Block> byFirst, BlocksOfTime blocks) throws SQLException {
    try (PreparedStatement contents = blocks.prepareSums()) {
      for (Block block : byFirst) {
        visitBefore(block.first());
        hold(blocks.sums(block, contents));
      }
    }
    while (!waiting.isEmpty()) {
      visitor.accept(waiting.remove());
    }
  }

  private void visitBefore(long start) {
    while (!waiting.isEmpty() && waiting.element().row().startEpochNanos() < start) {
      visitor.accept(waiting.remove());
    }
  }

  private void hold(byte[] packed) throws SQLException {
    calls.each(
        packed,
        span -> {
          if (isWanted(span)) {
            waiting.add(span);
          }
        });
  }

  private boolean isWanted(StoredSpan span) {
    return (filter.service() == null || filter.service().equals(span.service()))
        && (filter.status() == null || filter.status().equals(span.row().status()));
  }
}
