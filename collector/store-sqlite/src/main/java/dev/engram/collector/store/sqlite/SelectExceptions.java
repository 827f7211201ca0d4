package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Exceptions with their stacks, latest first. */
final class SelectExceptions {
  private static final String SELECTED =
      "SELECT e.arrival, i.uuid, i.service, e.position, e.time, e.trace_high, e.trace_low,"
          + " e.span_id, e.origin, e.thread_name, e.site, e.type, e.message, e.fingerprint,"
          + " e.thrown";

  private static final String COLUMNS = SELECTED + " FROM exception e";

  private static final String WITH_INSTANCE = " CROSS JOIN instance i ON i.id = e.instance";
  private static final String QUERY = COLUMNS + WITH_INSTANCE;

  /** From one page to the next by arrival: an index on time would sort all of them for each. */
  private static final String ARRIVED = COLUMNS + " NOT INDEXED" + WITH_INSTANCE;

  /** From one fingerprint to the next by their index, however many exceptions each has. */
  private static final String EACH =
      "WITH RECURSIVE one(fingerprint) AS (SELECT min(fingerprint) FROM exception UNION ALL"
          + " SELECT (SELECT min(fingerprint) FROM exception WHERE fingerprint > one.fingerprint)"
          + " FROM one WHERE one.fingerprint IS NOT NULL) "
          + SELECTED
          + " FROM one CROSS JOIN exception e ON e.arrival = (SELECT e.arrival FROM exception e"
          + WITH_INSTANCE;

  private static final String LATEST_FIRST = " ORDER BY e.time DESC, e.arrival DESC LIMIT ?";
  private static final String BY_ARRIVAL = " ORDER BY e.arrival LIMIT ?";

  private SelectExceptions() {}

  static List<StoredException> latest(ExceptionFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions = identity(filter, connection);
    return select(
        QUERY + conditions.where() + LATEST_FIRST,
        conditions.parametersAnd(SelectSpans.limit(filter.limit())),
        connection);
  }

  /** Hands over the latest of each fingerprint. */
  static boolean visitLatest(
      ExceptionFilter filter, ReadConnection connection, Consumer<StoredException> visitor)
      throws SQLException {
    Conditions conditions = identity(filter, connection).and("e.fingerprint = one.fingerprint");
    String query = EACH + conditions.where() + LATEST_FIRST + ")" + WITH_INSTANCE;
    try (PreparedStatement statement = connection.prepare(query, conditions.parametersAnd(1));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        visitor.accept(read(row, connection));
      }
    }
    return true;
  }

  static List<StoredException> arrived(
      ExceptionFilter filter, long afterArrival, ReadConnection connection) throws SQLException {
    Conditions conditions = identity(filter, connection).and("e.arrival > ?", afterArrival);
    String query = filter.traceId() == null ? ARRIVED : QUERY;
    return select(
        query + conditions.where() + BY_ARRIVAL,
        conditions.parametersAnd(SelectSpans.limit(filter.limit())),
        connection);
  }

  /** Hands over those that arrived in this range, without frames. */
  static void visitArrived(
      long from, long until, ReadConnection connection, Consumer<StoredException> visitor)
      throws SQLException {
    String query = ARRIVED + " WHERE e.arrival >= ? AND e.arrival < ?";
    try (PreparedStatement statement = connection.prepare(query, from, until);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        visitor.accept(read(row, connection, hash -> List.of()));
      }
    }
  }

  /** Those that meet the conditions, to be read by {@link #read}. */
  static String latestToArrive(Conditions conditions) {
    return ARRIVED + conditions.where() + " ORDER BY e.arrival DESC";
  }

  static StoredException byArrival(long arrival, ReadConnection connection) throws SQLException {
    return select(QUERY + " WHERE e.arrival = ?", List.of(arrival), connection).get(0);
  }

  /** What the filter says. */
  private static Conditions identity(ExceptionFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        conditions(filter, connection).andUnlessZero("e.fingerprint = ?", filter.fingerprint());
    TraceId trace = filter.traceId();
    return trace == null
        ? conditions
        : conditions.and("e.trace_high = ? AND e.trace_low = ?", trace.high(), trace.low());
  }

  private static List<StoredException> select(
      String query, List<Object> parameters, ReadConnection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepare(query, parameters);
        ResultSet row = statement.executeQuery()) {
      List<StoredException> exceptions = new ArrayList<>();
      while (row.next()) {
        exceptions.add(read(row, connection));
      }
      return exceptions;
    }
  }

  /** What the filter says, but of fingerprint and trace. */
  static Conditions conditions(ExceptionFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .andUnlessZero("e.time >= ?", filter.sinceEpochNanos())
            .andUnlessZero("e.time < ?", filter.untilEpochNanos())
            .andWord("i.service", filter.service());
    return ConditionSql.add(conditions, filter.where(), FieldColumns.EXCEPTION, connection);
  }

  static StoredException read(ResultSet row, ReadConnection connection) throws SQLException {
    InstanceId instance = Instances.id(row.getBytes(2));
    return read(
        row, connection, hash -> SelectFrames.of(instance, hash, connection).orElse(List.of()));
  }

  private static StoredException read(
      ResultSet row, ReadConnection connection, ThrownBlob.Frames frames) throws SQLException {
    WordTexts words = connection.words;
    InstanceId instance = Instances.id(row.getBytes(2));
    ExceptionRow exception =
        new ExceptionRow(
            instance,
            row.getLong(4),
            row.getLong(5),
            new TraceId(row.getLong(6), row.getLong(7)),
            row.getLong(8),
            words.text(row.getLong(9)),
            words.text(row.getLong(10)),
            SqliteText.readNullable(row, 11),
            words.text(row.getLong(12)),
            SqliteText.readNullable(row, 13),
            row.getLong(14),
            ThrownBlob.decode(row.getBytes(15), words, frames));
    return new StoredException(exception, words.text(row.getLong(3)), row.getLong(1));
  }
}
