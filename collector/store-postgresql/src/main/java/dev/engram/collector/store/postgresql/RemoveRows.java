package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.RequestRollup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Takes rows out of tables with all that hangs on them. For one transaction, which must have come
 * to its turn among batches before it removes: whether a content is needed can change before that.
 */
final class RemoveRows {
  /** Of one day: a content is of the day of what refers to it. */
  private static final String UNNEEDED =
      "DELETE FROM %s c USING unnest(?::bytea[]) AS o (hash) WHERE c.hash = o.hash"
          + " AND NOT EXISTS (SELECT 1 FROM %s p WHERE p.content = c.hash)"
          + " AND NOT EXISTS (SELECT 1 FROM %s p WHERE p.content = c.hash)"
          + " AND NOT EXISTS (SELECT 1 FROM %s s WHERE s.content = c.hash)";

  private static final String REMEMBER_EXCEPTIONS =
      "INSERT INTO gone_exception AS o (fingerprint, service, type, arrival, count, first, last)"
          + " SELECT g.fingerprint, g.service, e.type, g.latest, g.count, g.first, g.last FROM"
          + " (SELECT x.fingerprint, i.service, max(x.arrival) AS latest, count(*) AS count,"
          + " min(x.time) AS first, max(x.time) AS last FROM exception x"
          + " JOIN instance i ON i.id = x.instance WHERE %s GROUP BY x.fingerprint, i.service) g"
          + " JOIN exception e ON e.arrival = g.latest"
          + " ON CONFLICT (fingerprint, service) DO UPDATE SET"
          + " type = CASE WHEN excluded.arrival > o.arrival THEN excluded.type ELSE o.type END,"
          + " arrival = greatest(o.arrival, excluded.arrival), count = o.count + excluded.count,"
          + " first = least(o.first, excluded.first), last = greatest(o.last, excluded.last)";

  /** Those that began after an hour that is given. */
  private static final String REMEMBER_REQUESTS =
      "INSERT INTO request_rollup AS o (hour, service, name, count, errors, duration, longest)"
          + " SELECT g.hour, g.service, g.name, count(*), sum(g.failed), sum(g.took), max(g.took)"
          + " FROM (SELECT s.start / {hour} * {hour} AS hour, i.service, s.name,"
          + " CASE WHEN s.status IN ({failed}) THEN 1 ELSE 0 END AS failed,"
          + " greatest(0, least(s.duration, {longest})) AS took"
          + " FROM span s JOIN instance i ON i.id = s.instance"
          + " WHERE {which} AND s.kind = 'SERVER') g WHERE g.hour > ?"
          + " GROUP BY g.hour, g.service, g.name"
          + " ON CONFLICT (hour, service, name) DO UPDATE SET count = o.count + excluded.count,"
          + " errors = o.errors + excluded.errors, duration = o.duration + excluded.duration,"
          + " longest = greatest(o.longest, excluded.longest)";

  private static final String HAVE_PARTS =
      "SELECT 1 FROM %s WHERE span = ANY (?) AND payload_id <> 0 LIMIT 1";

  /** Those of a span may be of the day before. */
  private static final String PARTS =
      "DELETE FROM payload_part p USING %s s JOIN %s r ON r.span = s.arrival"
          + " AND r.payload_id <> 0 WHERE s.arrival = ANY (?) AND p.instance = s.instance"
          + " AND p.payload_id = r.payload_id RETURNING p.content, p.day";

  private final Connection connection;
  private final boolean really;

  RemoveRows(Connection connection) {
    this(connection, true);
  }

  /**
   * One that may only count.
   *
   * @param really false where the transaction will be rolled back: contents stay, to which batches
   *     may refer that would wait for it
   */
  RemoveRows(Connection connection, boolean really) {
    this.connection = connection;
    this.really = really;
  }

  /** The arrivals that this selects. */
  List<Long> select(String query) throws SQLException {
    return Statements.select(connection, query, List.of(), row -> row.getLong(1));
  }

  /** Takes these out of the table, with the parts of payloads of spans; how many by kind. */
  Map<String, Long> remove(String kind, String table, List<Long> arrivals) throws SQLException {
    return remove(kind, table, name -> name, arrivals.toArray(Long[]::new));
  }

  /** The same of one day, whose tables alone are asked: there may be many others. */
  Map<String, Long> removeOf(LocalDate day, String kind, String table, List<Long> arrivals)
      throws SQLException {
    UnaryOperator<String> ofDay = name -> Partitions.table(name, day);
    return remove(kind, table, ofDay, arrivals.toArray(Long[]::new));
  }

  private Map<String, Long> remove(
      String kind, String table, UnaryOperator<String> named, Long[] arrivals) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    String delete = "DELETE FROM " + named.apply(table) + " WHERE arrival = ANY (?)";
    if (table.equals("span")) {
      counts.put(Kind.PAYLOAD_PARTS, removePayloads(named, arrivals));
    }
    long gone =
        table.equals("payload_part")
            ? removeWithContents(delete + " RETURNING content, day", (Object) arrivals)
            : Statements.update(connection, delete, (Object) arrivals);
    counts.merge(kind, gone, Long::sum);
    return counts;
  }

  /** How many parts. */
  private long removePayloads(UnaryOperator<String> named, Long[] spans) throws SQLException {
    String payloads = named.apply("span_payload");
    boolean haveParts =
        !Statements.select(
                connection, HAVE_PARTS.formatted(payloads), List.of((Object) spans), row -> true)
            .isEmpty();
    String parts = PARTS.formatted(named.apply("span"), payloads);
    long gone = haveParts ? removeWithContents(parts, (Object) spans) : 0;
    removeWithContents(
        "DELETE FROM " + payloads + " WHERE span = ANY (?) RETURNING content, day", (Object) spans);
    return gone;
  }

  /** Adds those of these spans that are requests to what is left of others. */
  void rememberRequests(List<Long> arrivals, Cutoff before) throws SQLException {
    Statements.update(
        connection,
        rememberRequests("s.arrival = ANY (?)"),
        arrivals.toArray(Long[]::new),
        before.lastHour());
  }

  /** The same with those of one day. */
  void rememberRequestsOf(LocalDate day, Cutoff before) throws SQLException {
    Statements.update(connection, rememberRequests("s.day = ?"), day, before.lastHour());
  }

  /** The same with those of one day that do not last. */
  void rememberOrdinaryRequestsOf(LocalDate day, Cutoff before) throws SQLException {
    String which = "s.day = ? AND NOT s." + AgedRows.LASTING_SPANS;
    Statements.update(connection, rememberRequests(which), day, before.lastHour());
  }

  /** Takes out sums that are old; how many. */
  long removeRollups(Cutoff before) throws SQLException {
    return Statements.update(
        connection, "DELETE FROM request_rollup WHERE hour <= ?", before.lastHour());
  }

  private static String rememberRequests(String which) {
    return REMEMBER_REQUESTS
        .replace("{which}", which)
        .replace("{hour}", Long.toString(RequestRollup.HOUR_NANOS))
        .replace("{longest}", Long.toString(RequestRollup.LONGEST_NANOS))
        .replace("{failed}", AgedRows.quoted(Expiry.FAILED));
  }

  /** Keeps of these exceptions what groups are made of. */
  void rememberExceptions(List<Long> arrivals) throws SQLException {
    Statements.update(
        connection,
        String.format(REMEMBER_EXCEPTIONS, "x.arrival = ANY (?)"),
        (Object) arrivals.toArray(Long[]::new));
  }

  /** The same of those of one day. */
  void rememberExceptionsOf(LocalDate day) throws SQLException {
    Statements.update(connection, String.format(REMEMBER_EXCEPTIONS, "x.day = ?"), day);
  }

  /** Counts what was taken out. */
  void note(String reason, Map<String, Long> counts) throws SQLException {
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      Statements.update(
          connection,
          "INSERT INTO removed AS o (reason, kind, count) VALUES (?, ?, ?)"
              + " ON CONFLICT (reason, kind) DO UPDATE SET count = o.count + excluded.count",
          reason,
          entry.getKey(),
          entry.getValue());
    }
  }

  /** Takes out what this deletes, with contents it returns that nothing else has; how many. */
  long removeWithContents(String delete, Object... parameters) throws SQLException {
    long gone = 0;
    Map<LocalDate, List<byte[]>> contents = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          gone++;
          if (row.getBytes(1) != null) {
            contents
                .computeIfAbsent(row.getObject(2, LocalDate.class), day -> new ArrayList<>())
                .add(row.getBytes(1));
          }
        }
      }
    }
    if (really) {
      for (Map.Entry<LocalDate, List<byte[]>> each : contents.entrySet()) {
        removeUnneeded(each.getKey(), each.getValue());
      }
    }
    return gone;
  }

  private void removeUnneeded(LocalDate day, List<byte[]> hashes) throws SQLException {
    Object[] tables =
        Stream.of("content", "span_payload", "payload_part", "stack")
            .map(name -> Partitions.table(name, day))
            .toArray();
    Statements.update(
        connection,
        UNNEEDED.formatted(tables),
        connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
  }
}
