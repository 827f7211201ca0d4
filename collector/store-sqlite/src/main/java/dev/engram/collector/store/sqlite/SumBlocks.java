package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.MissingBlocks.NONE;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the rows of each block of arrivals came to, later than they are stored: one block
 * after the other, the latest that is missing first, each in some steps. One goes missing with any
 * of its rows; one without rows has none, nor has one with a row that is damaged. Confined to the
 * writer.
 */
final class SumBlocks {
  private static final String OF_WHOLE =
      "SELECT block, first, last, sums FROM block_sum WHERE level = 0 AND kind = ? AND block >= ?"
          + " AND block < ?";

  private final ReadConnection reading;
  private final MissingBlocks missing;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement ofWhole;
  private final BlobWriter out = new BlobWriter();

  /** Before which block was looked for what is missing; {@link MissingBlocks#NONE} to look anew. */
  private long looked = NONE;

  /** The latest that was missing then. */
  private long latest = NONE;

  /** One of level 1 that is missing and can be made. */
  private long whole = NONE;

  private @Nullable BlockDraft draft;

  /** Blocks with a damaged row, which stays so until rows are taken out. */
  private final Set<Long> damaged = new HashSet<>();

  private @Nullable SQLException damage;

  SumBlocks(Connection connection) throws SQLException {
    reading = new ReadConnection(connection);
    missing = new MissingBlocks(connection);
    insert =
        connection.prepareStatement(
            "INSERT INTO block_sum (level, kind, block, first, last, sums)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    delete =
        connection.prepareStatement(
            "DELETE FROM block_sum WHERE level = 0 AND kind = ? AND block = ?");
    ofWhole = connection.prepareStatement(OF_WHOLE);
  }

  /**
   * Whether a block that is complete is missing and can be made.
   *
   * @param losing blocks that are left for now, because rows are being taken out of them
   */
  boolean isBehind(long nextArrival, Set<Long> losing) throws SQLException {
    long end = Arrivals.blocksBefore(nextArrival);
    if (looked != end) {
      latest = missing.latest(0, end, left(losing));
      whole = missing.latestWhole(end);
      looked = end;
    }
    return draft != null || whole != NONE || latest != NONE;
  }

  /** Sums up some rows of a block that is missing, within a transaction; whether there are more. */
  boolean step(long nextArrival, Set<Long> losing) throws SQLException {
    if (!isBehind(nextArrival, losing)) {
      return false;
    }
    long end = Arrivals.blocksBefore(nextArrival);
    if (draft == null && whole != NONE) {
      sumUpWhole(whole);
      whole = missing.latestWhole(end);
    } else {
      BlockDraft of = draft == null ? new BlockDraft(latest) : draft;
      draft = of;
      if (!read(of)) {
        keep(of, end, losing);
      }
    }
    return isBehind(nextArrival, losing);
  }

  /** Rows of these blocks were taken out. */
  void lost(Set<Long> lost) {
    looked = NONE;
    damaged.removeAll(lost);
    if (draft != null && lost.contains(draft.block())) {
      draft = null;
    }
  }

  /** Rows of any block may have been taken out. */
  void forget() {
    looked = NONE;
    damaged.clear();
    draft = null;
  }

  /** Why some blocks are left out; empty when none is. */
  Optional<SQLException> damage() {
    return damaged.isEmpty() ? Optional.empty() : Optional.ofNullable(damage);
  }

  private Set<Long> left(Set<Long> losing) {
    Set<Long> left = new HashSet<>(losing);
    left.addAll(damaged);
    return left;
  }

  /** Whether there are more of its rows to be read; so, too, where one is damaged. */
  private boolean read(BlockDraft of) throws SQLException {
    reading.words.forget();
    try {
      return of.read(reading);
    } catch (SQLException failure) {
      Failures.requireDamage(failure);
      leave(of, failure);
    } catch (RuntimeException failure) {
      leave(of, failure);
    }
    return true;
  }

  private void leave(BlockDraft of, Exception failure) {
    damaged.add(of.block());
    damage = Failures.damage("a row cannot be summed up: " + failure);
    damage.initCause(failure);
    draft = null;
    looked = NONE;
  }

  private void keep(BlockDraft done, long end, Set<Long> losing) throws SQLException {
    draft = null;
    put(0, done.block(), done.contents());
    if (missing.isComplete(done.block() >> Arrivals.FAN_BITS, end)) {
      whole = done.block() >> Arrivals.FAN_BITS;
    }
    if (latest == done.block()) {
      latest = missing.latest(0, latest, left(losing));
    }
  }

  /** Makes one of level 1, or anew one that it is made of. */
  private void sumUpWhole(long block) throws SQLException {
    Map<SumKind, BlockContent> contents = new EnumMap<>(SumKind.class);
    for (SumKind kind : SumKind.SUMMED_UP) {
      Sums sums = Sums.byInstance(kind);
      long unsound = addParts(block, kind, sums);
      if (unsound != NONE) {
        remove(unsound);
        return;
      }
      contents.put(kind, sums);
    }
    put(1, block, contents);
  }

  /** Adds up what it is made of; the block of which that is damaged. */
  private long addParts(long whole, SumKind kind, Sums sums) throws SQLException {
    ofWhole.setInt(1, kind.number());
    ofWhole.setLong(2, whole << Arrivals.FAN_BITS);
    ofWhole.setLong(3, (whole + 1) << Arrivals.FAN_BITS);
    try (ResultSet row = ofWhole.executeQuery()) {
      while (row.next()) {
        try {
          addPart(row, sums);
        } catch (SQLException failure) {
          Failures.requireDamage(failure);
          return row.getLong(1);
        }
      }
      return NONE;
    }
  }

  private static void addPart(ResultSet row, Sums sums) throws SQLException {
    long first = row.getLong(2);
    if (!row.wasNull()) {
      sums.add(row.getBytes(4), first, row.getLong(3));
    }
  }

  private void remove(long block) throws SQLException {
    for (SumKind kind : SumKind.values()) {
      delete.setInt(1, kind.number());
      delete.setLong(2, block);
      delete.executeUpdate();
    }
    looked = NONE;
  }

  private void put(int level, long block, Map<SumKind, BlockContent> contents) throws SQLException {
    for (Map.Entry<SumKind, BlockContent> each : contents.entrySet()) {
      BlockContent content = each.getValue();
      insert.setInt(1, level);
      insert.setInt(2, each.getKey().number());
      insert.setLong(3, block);
      insert.setObject(4, content.isEmpty() ? null : content.first());
      insert.setObject(5, content.isEmpty() ? null : content.last());
      insert.setBytes(6, content.toBytes(out));
      insert.executeUpdate();
    }
  }
}
