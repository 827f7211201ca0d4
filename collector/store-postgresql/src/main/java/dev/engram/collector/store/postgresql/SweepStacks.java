package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes out stacks of instances that have ended to which no row refers, with their frames: one that
 * runs may refer to a stack again without sending its frames. All others go with their day. For one
 * transaction, which no other removes beside.
 */
final class SweepStacks {
  /** Of exceptions, or counts, from an arrival on. */
  private static final String REFERRED =
      "SELECT x.instance, (h.hash)::bigint FROM exception x,"
          + " jsonb_path_query(x.thrown, '$.**.stack') h(hash) WHERE x.arrival >= %1$d"
          + " UNION ALL SELECT instance, stack FROM throw_count WHERE arrival >= %1$d";

  private final Connection connection;

  SweepStacks(Connection connection) {
    this.connection = connection;
  }

  /** Finds them first, which takes long; batches wait for what follows alone. */
  void all(Turns turns) throws SQLException {
    long next =
        Statements.select(
                connection, "SELECT next_arrival FROM sequence", List.of(), row -> row.getLong(1))
            .get(0);
    Statements.execute(
        connection,
        "CREATE TEMP TABLE unneeded (instance, hash) ON COMMIT DROP AS"
            + " SELECT s.instance, s.hash FROM stack s JOIN instance i ON i.id = s.instance"
            + " WHERE i.ended <> 0 EXCEPT ("
            + String.format(REFERRED, 0)
            + ")");
    turns.arrivals(0, connection);
    Statements.execute(
        connection,
        "DELETE FROM unneeded WHERE (instance, hash) IN (" + String.format(REFERRED, next) + ")");
    new RemoveRows(connection)
        .removeWithContents(
            "DELETE FROM stack s USING unneeded u WHERE s.instance = u.instance"
                + " AND s.hash = u.hash RETURNING s.content, s.day");
  }
}
