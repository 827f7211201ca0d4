package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StoredException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** The latest exception of each fingerprint; the frames of many are asked for at once. */
final class LatestExceptions {
  private static final int AT_A_TIME = 500;

  private static final String EACH =
      "SELECT DISTINCT ON (e.fingerprint)" + SelectExceptions.ALL.substring("SELECT".length());

  private static final String LATEST_FIRST = " ORDER BY e.fingerprint, e.time DESC, e.arrival DESC";

  private static final String FRAMES =
      "SELECT DISTINCT ON (i.uuid, s.hash) i.uuid, s.hash, c.bytes FROM instance i"
          + " JOIN stack s ON s.instance = i.id"
          + " JOIN content c ON c.hash = s.content AND c.day = s.day"
          + " WHERE (i.uuid, s.hash) IN (SELECT * FROM unnest(?::uuid[], ?::bigint[]))"
          + " ORDER BY i.uuid, s.hash, s.day";

  /** Frames as one instance means them. */
  private record Key(InstanceId instance, long hash) {}

  private LatestExceptions() {}

  /** Hands them over in the order of the fingerprints. */
  static boolean visit(
      ExceptionFilter filter, Connection connection, Consumer<StoredException> visitor)
      throws SQLException {
    Conditions conditions = SelectExceptions.identity(filter);
    SelectExceptions.meeting(filter.where(), conditions, connection);
    List<SelectExceptions.Found> found =
        Statements.select(
            connection,
            EACH + conditions.where() + LATEST_FIRST,
            conditions.parameters(),
            SelectExceptions::read);
    for (int from = 0; from < found.size(); from += AT_A_TIME) {
      hand(found.subList(from, Math.min(found.size(), from + AT_A_TIME)), connection, visitor);
    }
    return true;
  }

  private static void hand(
      List<SelectExceptions.Found> some, Connection connection, Consumer<StoredException> visitor)
      throws SQLException {
    Map<Key, List<String>> frames = frames(some, connection);
    for (SelectExceptions.Found one : some) {
      InstanceId instance = one.exception().row().instance();
      visitor.accept(
          SelectExceptions.withStack(
              one, hash -> frames.getOrDefault(new Key(instance, hash), List.of())));
    }
  }

  private static Map<Key, List<String>> frames(
      List<SelectExceptions.Found> some, Connection connection) throws SQLException {
    List<UUID> instances = new ArrayList<>();
    List<Long> hashes = new ArrayList<>();
    for (SelectExceptions.Found one : some) {
      SelectExceptions.withStack(
          one,
          hash -> {
            instances.add(one.exception().row().instance().uuid());
            hashes.add(hash);
            return List.of();
          });
    }
    Map<Key, List<String>> frames = new HashMap<>();
    List<Object> keys =
        List.of(
            connection.createArrayOf("uuid", instances.toArray()),
            connection.createArrayOf("bigint", hashes.toArray()));
    Statements.visit(
        connection,
        FRAMES,
        keys,
        row ->
            Map.entry(
                new Key(new InstanceId(row.getObject(1, UUID.class)), row.getLong(2)),
                PostgresJson.readStrings(new String(row.getBytes(3), StandardCharsets.UTF_8))),
        each -> frames.put(each.getKey(), each.getValue()));
    return frames;
  }
}
