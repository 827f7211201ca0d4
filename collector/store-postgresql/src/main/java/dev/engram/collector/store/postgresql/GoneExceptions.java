package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Adds to groups the exceptions that went with their age. */
final class GoneExceptions {
  /**
   * A group.
   *
   * @param latest the arrival of the last of it, which its type and message are of
   */
  record Group(ExceptionGroup group, long latest) {
    private Group plus(Group other) {
      Group last = other.latest > latest ? other : this;
      return new Group(
          new ExceptionGroup(
              group.fingerprint(),
              last.group.type(),
              last.group.message(),
              group.count() + other.group.count(),
              Math.min(group.firstSeenEpochNanos(), other.group.firstSeenEpochNanos()),
              Math.max(group.lastSeenEpochNanos(), other.group.lastSeenEpochNanos()),
              Stream.of(group.services(), other.group.services())
                  .flatMap(Collection::stream)
                  .distinct()
                  .sorted()
                  .toList()),
          last.latest);
    }
  }

  private GoneExceptions() {}

  /** These and those that have gone and that the filter takes as a whole. */
  static List<ExceptionGroup> added(
      ExceptionFilter filter, List<Group> groups, Connection connection) throws SQLException {
    Map<Long, Group> all = new LinkedHashMap<>();
    groups.forEach(it -> all.put(it.group.fingerprint(), it));
    for (Group gone : gone(filter, connection)) {
      all.merge(gone.group.fingerprint(), gone, Group::plus);
    }
    return all.values().stream().map(Group::group).toList();
  }

  private static List<Group> gone(ExceptionFilter filter, Connection connection)
      throws SQLException {
    if (!filter.where().isAny()) {
      return List.of();
    }
    Conditions conditions =
        new Conditions()
            .andUnlessZero("first >= ?", filter.sinceEpochNanos())
            .andUnlessZero("last < ?", filter.untilEpochNanos())
            .andUnlessZero("fingerprint = ?", filter.fingerprint())
            .andText("service", filter.service());
    return Statements.select(
        connection,
        "SELECT fingerprint, type, count, first, last, service, arrival FROM gone_exception"
            + conditions.where(),
        conditions.parameters(),
        GoneExceptions::read);
  }

  private static Group read(ResultSet row) throws SQLException {
    return new Group(
        new ExceptionGroup(
            row.getLong(1),
            PostgresText.read(row.getString(2)),
            null,
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            List.of(PostgresText.read(row.getString(6)))),
        row.getLong(7));
  }
}
