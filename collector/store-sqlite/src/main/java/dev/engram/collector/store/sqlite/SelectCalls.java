package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.sqlite.BlocksOfTime.Block;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

  /** Nor are more bytes of one time: those of a block are held until the next one is later. */
  private static final long MOST_BYTES_AT_ONCE = 16 << 20;

  private static final String LENGTH =
      "SELECT length(sums) FROM block_sum WHERE level = 0 AND kind = ? AND block = ?";

  /** Bytes of calls until this time. */
  private record Held(long last, long bytes) {}

  private final SpanFilter filter;
  private final Consumer<StoredSpan> visitor;
  private final ReadConnection connection;
  private final UnpackedCalls calls;
  private final PriorityQueue<StoredSpan> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong((StoredSpan span) -> span.row().startEpochNanos())
              .thenComparingLong(StoredSpan::arrival));

  private SelectCalls(SpanFilter filter, Consumer<StoredSpan> visitor, ReadConnection connection)
      throws SQLException {
    this.filter = filter;
    this.visitor = visitor;
    this.connection = connection;
    calls = new UnpackedCalls(connection);
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
    if (!blocks.helps(MOST_READ) || !followOneAnother(whole, connection)) {
      return false;
    }
    PackedCalls read = new PackedCalls();
    for (Arrivals range : blocks.read()) {
      read.add(range, since, last, connection);
    }
    if (read.areTooLarge()) {
      return false;
    }
    SelectCalls select = new SelectCalls(filter, visitor, connection);
    select.hold(select.calls.all(read.toBytes(new BlobWriter())));
    select.visit(whole, blocks);
    return true;
  }

  /** Services whose records came late, or have a clock of their own, make blocks of one time. */
  private static boolean followOneAnother(List<Block> byFirst, ReadConnection connection)
      throws SQLException {
    PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::last));
    long bytes = 0;
    try (PreparedStatement lengths = connection.prepare(LENGTH, SumKind.CALL.number())) {
      for (Block block : byFirst) {
        while (!held.isEmpty() && held.element().last() < block.first()) {
          bytes -= held.remove().bytes();
        }
        Held next = new Held(block.last(), length(block, lengths));
        held.add(next);
        bytes += next.bytes();
        if (bytes > MOST_BYTES_AT_ONCE) {
          return false;
        }
      }
    }
    return true;
  }

  private static long length(Block block, PreparedStatement lengths) throws SQLException {
    lengths.setLong(2, block.number());
    try (ResultSet row = lengths.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private void visit(List<Block> byFirst, BlocksOfTime blocks) throws SQLException {
    try (PreparedStatement contents = blocks.prepareSums()) {
      for (Block block : byFirst) {
        visitBefore(block.first());
        hold(calls(block, blocks, contents));
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

  private List<StoredSpan> calls(Block block, BlocksOfTime blocks, PreparedStatement contents)
      throws SQLException {
    try {
      return calls.all(blocks.sums(block, contents));
    } catch (SQLException failure) {
      Failures.requireDamage(failure);
      return rows(block, failure);
    }
  }

  /** The same by its rows, where what is kept of them is damaged. */
  private List<StoredSpan> rows(Block block, SQLException damage) throws SQLException {
    PackedCalls rows = new PackedCalls();
    Arrivals all = Arrivals.ofBlocks(block.number(), block.number() + 1);
    rows.add(all, Long.MIN_VALUE, Long.MAX_VALUE, connection);
    if (rows.areTooLarge()) {
      throw damage;
    }
    return calls.all(rows.toBytes(new BlobWriter()));
  }

  private void hold(List<StoredSpan> spans) {
    spans.stream().filter(this::isWanted).forEach(waiting::add);
  }

  private boolean isWanted(StoredSpan span) {
    return (filter.service() == null || filter.service().equals(span.service()))
        && (filter.status() == null || filter.status().equals(span.row().status()));
  }
}
