package dev.engram.collector.store.sqlite;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** What is kept of a block that is being read, some rows at a time. Confined to the writer. */
final class BlockDraft {
  /** Rows of so many arrivals are read in about ten milliseconds. */
  static final int STEP = 1 << 10;

  private final long block;
  private final long end;
  private final Map<SumKind, Sums> sums = new EnumMap<>(SumKind.class);
  private final PackedCalls calls = new PackedCalls();
  private long next;

  BlockDraft(long block) {
    this.block = block;
    Arrivals all = Arrivals.ofBlocks(block, block + 1);
    next = all.from();
    end = all.until();
    for (SumKind kind : SumKind.SUMMED_UP) {
      sums.put(kind, Sums.byInstance(kind));
    }
  }

  long block() {
    return block;
  }

  /** Of the rows that are read, by kind; without calls where these are too large. */
  Map<SumKind, BlockContent> contents() {
    Map<SumKind, BlockContent> contents = new EnumMap<>(sums);
    if (!calls.areTooLarge()) {
      contents.put(SumKind.CALL, calls);
    }
    return contents;
  }

  /** Reads the next rows; whether there are more. */
  boolean read(ReadConnection connection) throws SQLException {
    Arrivals some = new Arrivals(next, next + STEP);
    new SumRows(connection).add(some, Long.MIN_VALUE, Long.MAX_VALUE, sums);
    calls.add(some, Long.MIN_VALUE, Long.MAX_VALUE, connection);
    next = some.until();
    return next < end;
  }
}
