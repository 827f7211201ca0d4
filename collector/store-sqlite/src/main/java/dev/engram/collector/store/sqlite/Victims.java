package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.RequestRollup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows of one table that are chosen, and then taken out with all that hangs on them. Within a
 * transaction of the writer. Confined to the writer.
 */
final class Victims {
  private static final String ORPHANS_OF_PAYLOADS =
      "INSERT OR IGNORE INTO orphan SELECT p.content FROM victim v JOIN span_payload p"
          + " ON p.span = v.arrival WHERE p.content IS NOT NULL";

  private static final String ORPHANS_OF_PARTS =
      "INSERT OR IGNORE INTO orphan SELECT p.content FROM %s v JOIN payload_part p"
          + " ON p.arrival = v.arrival";

  private static final String UNNEEDED =
      "DELETE FROM content WHERE id IN (SELECT content FROM orphan)"
          + " AND NOT EXISTS (SELECT 1 FROM span_payload WHERE content = content.id)"
          + " AND NOT EXISTS (SELECT 1 FROM payload_part WHERE content = content.id)"
          + " AND NOT EXISTS (SELECT 1 FROM stack WHERE content = content.id)";

  /**
   * Their type is that of the latest, which is looked up last: min, max and it at once cannot be.
   */
  private static final String REMEMBER_EXCEPTIONS =
      "INSERT INTO gone_exception (fingerprint, service, type, arrival, count, first, last)"
          + " SELECT g.fingerprint, g.service, e.type, g.latest, g.count, g.first, g.last FROM"
          + " (SELECT x.fingerprint, i.service, max(x.arrival) AS latest, count(*) AS count,"
          + " min(x.time) AS first, max(x.time) AS last FROM victim v"
          + " JOIN exception x ON x.arrival = v.arrival JOIN instance i ON i.id = x.instance"
          + " GROUP BY x.fingerprint, i.service) g JOIN exception e ON e.arrival = g.latest"
          + " WHERE true ON CONFLICT (fingerprint, service) DO UPDATE SET"
          + " type = CASE WHEN excluded.arrival > arrival THEN excluded.type ELSE type END,"
          + " arrival = max(arrival, excluded.arrival), count = count + excluded.count,"
          + " first = min(first, excluded.first), last = max(last, excluded.last)";

  /** Those that began after an hour that is given; with the texts of words as they are. */
  private static final String REMEMBER_REQUESTS =
      "INSERT INTO request_rollup (hour, service, name, count, errors, duration, longest)"
          + " SELECT hour, (SELECT text FROM word WHERE id = service),"
          + " (SELECT text FROM word WHERE id = name), count(*), sum(failed), sum(took), max(took)"
          + " FROM (SELECT s.start / {hour} * {hour} AS hour, i.service, s.name,"
          + " s.status IN (SELECT id FROM word WHERE text IN ({failed})) AS failed,"
          + " max(0, min(s.duration, {longest})) AS took"
          + " FROM victim v JOIN span s ON s.arrival = v.arrival"
          + " JOIN instance i ON i.id = s.instance"
          + " WHERE s.kind = (SELECT id FROM word WHERE text = 'SERVER'))"
          + " WHERE hour > ? GROUP BY hour, service, name"
          + " ON CONFLICT (hour, service, name) DO UPDATE SET count = count + excluded.count,"
          + " errors = errors + excluded.errors, duration = duration + excluded.duration,"
          + " longest = max(longest, excluded.longest)";

  private static final String PARTS =
      "SELECT p.arrival FROM victim v JOIN span s ON s.arrival = v.arrival"
          + " JOIN span_payload r ON r.span = s.arrival AND r.payload_id <> 0"
          + " JOIN payload_part p ON p.instance = s.instance AND p.payload_id = r.payload_id";

  private final Connection connection;

  Victims(Connection connection) throws SQLException {
    this.connection = connection;
    run("CREATE TEMP TABLE IF NOT EXISTS victim (arrival INTEGER PRIMARY KEY)");
    run("CREATE TEMP TABLE IF NOT EXISTS part (arrival INTEGER PRIMARY KEY)");
    run("CREATE TEMP TABLE IF NOT EXISTS orphan (content INTEGER PRIMARY KEY)");
  }

  /** Chooses what this selects: arrivals. How many. */
  int choose(String select, Object... parameters) throws SQLException {
    run("DELETE FROM victim");
    return update("INSERT OR IGNORE INTO victim " + select, List.of(parameters));
  }

  /** Chooses these. */
  void choose(Collection<Long> arrivals) throws SQLException {
    run("DELETE FROM victim");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR IGNORE INTO victim VALUES (?)")) {
      for (long arrival : arrivals) {
        insert.setLong(1, arrival);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The blocks that the chosen are in. */
  Set<Long> blocks() throws SQLException {
    Set<Long> blocks = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT DISTINCT arrival >> " + Arrivals.BLOCK_BITS + " FROM victim")) {
      while (row.next()) {
        blocks.add(row.getLong(1));
      }
    }
    return blocks;
  }

  /** Takes the chosen out of this table, with the parts of payloads of spans; how many by kind. */
  Map<String, Long> remove(String kind, String table) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    if (table.equals("span")) {
      run("DELETE FROM part");
      counts.put(Kind.PAYLOAD_PARTS, (long) update("INSERT OR IGNORE INTO part " + PARTS));
      run("DELETE FROM orphan");
      run(ORPHANS_OF_PAYLOADS);
      run(String.format(ORPHANS_OF_PARTS, "part"));
      run("DELETE FROM span_payload WHERE span IN (SELECT arrival FROM victim)");
      run("DELETE FROM payload_part WHERE arrival IN (SELECT arrival FROM part)");
    } else if (table.equals("payload_part")) {
      run("DELETE FROM orphan");
      run(String.format(ORPHANS_OF_PARTS, "victim"));
    }
    long gone = update("DELETE FROM " + table + " WHERE arrival IN (SELECT arrival FROM victim)");
    counts.merge(kind, gone, Long::sum);
    if (table.equals("span") || table.equals("payload_part")) {
      run(UNNEEDED);
    }
    return counts;
  }

  /** Keeps of the chosen exceptions what groups are made of. */
  void rememberExceptions() throws SQLException {
    run(REMEMBER_EXCEPTIONS);
  }

  /** Adds the chosen spans that are requests to what is left of others, but for old hours. */
  void rememberRequests(long lastOldHour) throws SQLException {
    String sql =
        REMEMBER_REQUESTS
            .replace("{hour}", Long.toString(RequestRollup.HOUR_NANOS))
            .replace("{longest}", Long.toString(RequestRollup.LONGEST_NANOS))
            .replace(
                "{failed}", Expiry.FAILED.stream().collect(Collectors.joining("', '", "'", "'")));
    update(sql, List.of(lastOldHour));
  }

  private int update(String sql) throws SQLException {
    return update(sql, List.of());
  }

  /** Runs it with these parameters; how many rows it changed. */
  int update(String sql, List<?> parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      return statement.executeUpdate();
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
