package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds which traces, and spans without one, are somebody's. Reads every span. */
final class Subjects {
  /** A span that is in no trace. */
  record Loose(long instance, long spanId) {}

  private static final String SPANS =
      "SELECT instance, trace_high, trace_low, span_id, attributes FROM span"
          + " UNION ALL SELECT instance, trace_high, trace_low, span_id, attributes FROM begun";

  private final Set<TraceId> traces = new HashSet<>();
  private final Set<Loose> loose = new HashSet<>();

  Subjects(Subject subject, Connection connection) throws SQLException {
    if (subject instanceof Subject.Trace trace) {
      traces.add(trace.id());
      traces.remove(TraceId.NONE);
    } else {
      lookThrough(subject, connection);
    }
  }

  List<TraceId> traces() {
    return new ArrayList<>(traces);
  }

  List<Loose> loose() {
    return new ArrayList<>(loose);
  }

  private void lookThrough(Subject subject, Connection connection) throws SQLException {
    WordTexts words = new WordTexts(connection);
    try (PreparedStatement statement = connection.prepareStatement(SPANS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        if (subject.has(AttributeBlob.decode(row.getBytes(5), words))) {
          TraceId trace = new TraceId(row.getLong(2), row.getLong(3));
          if (trace.equals(TraceId.NONE)) {
            loose.add(new Loose(row.getLong(1), row.getLong(4)));
          } else {
            traces.add(trace);
          }
        }
      }
    }
  }
}
