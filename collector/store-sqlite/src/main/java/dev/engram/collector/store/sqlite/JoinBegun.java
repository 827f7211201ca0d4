package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.EndedRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Ends spans that have begun. */
final class JoinBegun {
  private static final String INTO_SPAN =
      "INSERT INTO span (arrival, instance, position, trace_high, trace_low, span_id,"
          + " parent_span_id, kind, category, name, start, duration, status, begun, db_system,"
          + " statement, attributes, payloads, returned_rows, rare) ";

  private final Encoding encoding;
  private final PreparedStatement delete;
  private final PreparedStatement end;
  private final PreparedStatement interruptAll;
  private final PreparedStatement deleteAll;

  JoinBegun(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    delete = connection.prepareStatement("DELETE FROM begun WHERE instance = ? AND span_id = ?");
    end =
        connection.prepareStatement(
            INTO_SPAN
                + "SELECT ?, instance, ?, trace_high, trace_low, span_id, parent_span_id, kind,"
                + " category, name, start, ?, ?, 1, db_system, statement, attributes, 0, returned_rows, "
                + RareCategories.COLUMN
                + " FROM begun WHERE instance = ? AND span_id = ?");
    interruptAll =
        connection.prepareStatement(
            INTO_SPAN
                + "SELECT ? + row_number() OVER (ORDER BY arrival) - 1, instance, position,"
                + " trace_high, trace_low, span_id, parent_span_id, kind, category, name, start,"
                + " -1, ?, 1, db_system, statement, attributes, 0, returned_rows, "
                + RareCategories.COLUMN
                + " FROM begun WHERE instance = ?");
    deleteAll = connection.prepareStatement("DELETE FROM begun WHERE instance = ?");
  }

  /** Forgets the begun row of a span that has come; whether there was one. */
  boolean remove(long instance, long spanId) throws SQLException {
    delete.setLong(1, instance);
    delete.setLong(2, spanId);
    return delete.executeUpdate() == 1;
  }

  /** Makes a span of a begun row and its end; whether there was a begun row. */
  boolean end(long arrival, long instance, EndedRow ended) throws SQLException {
    end.setLong(1, arrival);
    end.setLong(2, ended.position());
    end.setLong(3, ended.durationNanos());
    encoding.word(end, 4, ended.status());
    end.setLong(5, instance);
    end.setLong(6, ended.spanId());
    return end.executeUpdate() == 1 && remove(instance, ended.spanId());
  }

  /** Makes interrupted spans of all begun rows, from this arrival on; returns how many. */
  long interruptAll(long arrival, long instance) throws SQLException {
    interruptAll.setLong(1, arrival);
    encoding.word(interruptAll, 2, "interrupted");
    interruptAll.setLong(3, instance);
    long interrupted = interruptAll.executeUpdate();
    deleteAll.setLong(1, instance);
    deleteAll.executeUpdate();
    return interrupted;
  }
}
