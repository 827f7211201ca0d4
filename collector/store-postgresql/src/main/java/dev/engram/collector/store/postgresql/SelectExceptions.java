package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Condition;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Fields;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.RowFields;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Exceptions with their stacks, and summed up by fingerprint. */
final class SelectExceptions {
  private static final ThrownStack NOT_READ_YET =
      new ThrownStack("", null, 0, List.of(), 0, null, List.of());

  private static final String FROM = " FROM exception e JOIN instance i ON i.id = e.instance";

  /** Selects them, as far as {@code WHERE}. */
  static final String ALL =
      "SELECT e.arrival, i.uuid, i.service, e.position, e.time, e.trace_high, e.trace_low,"
          + " e.span_id, e.origin, e.thread_name, e.site, e.type, e.message, e.fingerprint,"
          + " e.thrown"
          + FROM;

  private static final String GROUPS =
      "SELECT g.fingerprint, l.type, l.message, g.count, g.first, g.last, g.services, g.latest"
          + " FROM ("
          + "SELECT e.fingerprint, count(*) AS count, min(e.time) AS first, max(e.time) AS last,"
          + " max(e.arrival) AS latest, array_agg(DISTINCT i.service) AS services"
          + FROM;

  private static final Comparator<ExceptionGroup> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(ExceptionGroup::count)
          .thenComparingLong(ExceptionGroup::lastSeenEpochNanos)
          .reversed()
          .thenComparingLong(ExceptionGroup::fingerprint);

  /**
   * An exception without its stack.
   *
   * @param thrown what the stack is made of
   */
  record Found(StoredException exception, String thrown) {}

  private SelectExceptions() {}

  static List<StoredException> latest(ExceptionFilter filter, Connection connection)
      throws SQLException {
    Conditions conditions = identity(filter);
    meeting(filter.where(), conditions, connection);
    return select(conditions, " ORDER BY e.time DESC, e.arrival DESC", filter.limit(), connection);
  }

  static List<StoredException> arrived(
      ExceptionFilter filter, long afterArrival, Connection connection) throws SQLException {
    Conditions conditions = identity(filter).and("e.arrival > ?", afterArrival);
    meeting(filter.where(), conditions, connection);
    return select(conditions, " ORDER BY e.arrival", filter.limit(), connection);
  }

  /** One without its frames, of a row of {@link #ALL}. */
  static StoredException withoutFrames(ResultSet row) throws SQLException {
    return withStack(read(row), hash -> List.of());
  }

  static List<ExceptionGroup> groups(ExceptionFilter filter, Connection connection)
      throws SQLException {
    Conditions conditions =
        timeAndService(filter).andUnlessZero("e.fingerprint = ?", filter.fingerprint());
    meeting(filter.where(), conditions, connection);
    List<GoneExceptions.Group> groups =
        Statements.select(
            connection,
            GROUPS
                + conditions.where()
                + " GROUP BY e.fingerprint) g JOIN exception l ON l.arrival = g.latest",
            conditions.parameters(),
            SelectExceptions::group);
    return GoneExceptions.added(filter, groups, connection).stream()
        .sorted(MOST_FREQUENT_FIRST)
        .limit(filter.limit() == 0 ? Long.MAX_VALUE : filter.limit())
        .toList();
  }

  /** The frames an instance means by a hash. */
  static Optional<List<String>> frames(InstanceId instance, long hash, Connection connection)
      throws SQLException {
    return Statements.select(
            connection,
            "SELECT c.bytes FROM instance i JOIN stack s ON s.instance = i.id"
                + " JOIN content c ON c.hash = s.content AND c.day = s.day"
                + " WHERE i.uuid = ? AND s.hash = ? ORDER BY s.day LIMIT 1",
            List.of(instance.uuid(), hash),
            row -> PostgresJson.readStrings(new String(row.getBytes(1), StandardCharsets.UTF_8)))
        .stream()
        .findFirst();
  }

  private static List<StoredException> select(
      Conditions conditions, String order, int limit, Connection connection) throws SQLException {
    List<Found> found =
        Statements.select(
            connection,
            ALL + conditions.where() + order + Conditions.limit(limit),
            conditions.parameters(),
            SelectExceptions::read);
    List<StoredException> exceptions = new ArrayList<>(found.size());
    for (Found one : found) {
      InstanceId instance = one.exception().row().instance();
      exceptions.add(withStack(one, hash -> frames(instance, hash, connection).orElse(List.of())));
    }
    return exceptions;
  }

  static Conditions identity(ExceptionFilter filter) {
    Conditions conditions =
        timeAndService(filter).andUnlessZero("e.fingerprint = ?", filter.fingerprint());
    TraceId trace = filter.traceId();
    return trace == null
        ? conditions
        : conditions.and("e.trace_high = ? AND e.trace_low = ?", trace.high(), trace.low());
  }

  private static Conditions timeAndService(ExceptionFilter filter) {
    return new Conditions()
        .andUnlessZero("e.time >= ?", filter.sinceEpochNanos())
        .andUnlessZero("e.time < ?", filter.untilEpochNanos())
        .andText("i.service", filter.service());
  }

  /** Adds what else they must meet; last, as the rows that meet the others are looked at. */
  static Conditions meeting(Condition where, Conditions conditions, Connection connection)
      throws SQLException {
    return RowsThatMeet.add(
        conditions,
        where,
        ALL,
        SelectExceptions::read,
        (found, known) -> fields(found.exception(), known),
        found -> found.exception().arrival(),
        "e.arrival",
        connection);
  }

  private static Fields fields(StoredException exception, RowsThatMeet known) {
    ExceptionRow row = exception.row();
    return RowFields.of(exception, known.version(row.instance()), known.requests(row.traceId()));
  }

  static Found read(ResultSet row) throws SQLException {
    ExceptionRow exception =
        new ExceptionRow(
            new InstanceId(row.getObject(2, UUID.class)),
            row.getLong(4),
            row.getLong(5),
            new TraceId(row.getLong(6), row.getLong(7)),
            row.getLong(8),
            PostgresText.read(row.getString(9)),
            PostgresText.read(row.getString(10)),
            PostgresText.readNullable(row.getString(11)),
            PostgresText.read(row.getString(12)),
            PostgresText.readNullable(row.getString(13)),
            row.getLong(14),
            NOT_READ_YET);
    return new Found(
        new StoredException(exception, PostgresText.read(row.getString(3)), row.getLong(1)),
        row.getString(15));
  }

  static StoredException withStack(Found found, PostgresJson.Frames frames) throws SQLException {
    StoredException exception = found.exception();
    ThrownStack stack = PostgresJson.readThrown(found.thrown(), frames);
    return new StoredException(
        exception.row().with(stack), exception.service(), exception.arrival());
  }

  private static GoneExceptions.Group group(ResultSet row) throws SQLException {
    Array services = row.getArray(7);
    ExceptionGroup group =
        new ExceptionGroup(
            row.getLong(1),
            PostgresText.read(row.getString(2)),
            PostgresText.readNullable(row.getString(3)),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            Arrays.stream((String[]) services.getArray())
                .map(PostgresText::read)
                .sorted()
                .toList());
    return new GoneExceptions.Group(group, row.getLong(8));
  }
}
