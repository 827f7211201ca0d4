package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes out stacks of instances that have ended to which no row refers, with their frames, some at
 * a time: one that runs may refer to a stack again without sending its frames. Within the
 * transactions of {@link SweepWords}, which reads the rows. Confined to the writer.
 */
final class SweepStacks {
  private static final int STACKS = 500;

  private static final String NEXT =
      "SELECT instance, hash, content FROM stack WHERE (instance, hash) > (?, ?)"
          + " AND instance IN (SELECT id FROM instance WHERE ended <> 0)"
          + " ORDER BY instance, hash LIMIT "
          + STACKS;

  private static final String UNNEEDED =
      "DELETE FROM content WHERE id = ?1"
          + " AND NOT EXISTS (SELECT 1 FROM span_payload WHERE content = ?1)"
          + " AND NOT EXISTS (SELECT 1 FROM payload_part WHERE content = ?1)"
          + " AND NOT EXISTS (SELECT 1 FROM stack WHERE content = ?1)";

  /** What an instance means by a hash. */
  private record Stack(long instance, long hash) {}

  private record Found(Stack stack, long content) {}

  private final Connection connection;
  private final Set<Stack> met = new HashSet<>();
  private Stack swept = new Stack(0, 0);

  SweepStacks(Connection connection) {
    this.connection = connection;
  }

  /** A row refers to it. */
  void meet(long instance, long hash) {
    if (hash != 0) {
      met.add(new Stack(instance, hash));
    }
  }

  /**
   * Takes out some of those that were not met, all rows having been read; whether there are more.
   */
  boolean sweep() throws SQLException {
    List<Found> next = next();
    for (Found found : next) {
      swept = found.stack;
      if (!met.contains(swept)) {
        update("DELETE FROM stack WHERE instance = ? AND hash = ?", swept.instance, swept.hash);
        update(UNNEEDED, found.content);
      }
    }
    return next.size() == STACKS;
  }

  private List<Found> next() throws SQLException {
    List<Found> found = new ArrayList<>();
    try (PreparedStatement statement = prepare(NEXT, swept.instance, swept.hash);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(new Found(new Stack(row.getLong(1), row.getLong(2)), row.getLong(3)));
      }
    }
    return found;
  }

  private void update(String sql, long... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, long... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setLong(i + 1, parameters[i]);
    }
    return statement;
  }
}
