package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Period;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Notes by how much an instance's losses have grown, and when. Confined to the writer. */
final class NoteLosses {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final PreparedStatement note;

  NoteLosses(Connection connection) throws SQLException {
    note =
        connection.prepareStatement(
            "INSERT INTO loss_period SELECT ?1, term, reason, ?2, ?3, ?4, sum(count) FROM ("
                + "SELECT term, reason, count FROM loss WHERE instance = ?1"
                + " UNION ALL SELECT 'abandoned', '', abandoned FROM instance WHERE id = ?1"
                + " UNION ALL SELECT 'malformed', '', malformed FROM instance WHERE id = ?1"
                + " UNION ALL SELECT 'rejected', '', rejected FROM instance WHERE id = ?1"
                + " UNION ALL SELECT term, reason, -count FROM loss_period WHERE instance = ?1)"
                + " GROUP BY term, reason HAVING sum(count) > 0"
                + " ON CONFLICT DO UPDATE SET since = min(since, excluded.since),"
                + " until = max(until, excluded.until), count = count + excluded.count");
  }

  void note(long instance, Period sinceLast) throws SQLException {
    note.setLong(1, instance);
    note.setLong(2, Math.floorDiv(sinceLast.untilEpochNanos(), MINUTE));
    note.setLong(3, sinceLast.sinceEpochNanos());
    note.setLong(4, sinceLast.untilEpochNanos());
    note.executeUpdate();
  }
}
