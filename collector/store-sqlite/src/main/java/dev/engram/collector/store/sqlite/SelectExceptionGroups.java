package dev.engram.collector.store.sqlite;

import static java.util.Comparator.comparingLong;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Exceptions summed up by fingerprint, most frequent first. */
final class SelectExceptionGroups {
  private static final Comparator<Group> MOST_FREQUENT_FIRST =
      comparingLong((Group sum) -> sum.count)
          .thenComparingLong(sum -> sum.last)
          .reversed()
          .thenComparingLong(sum -> sum.fingerprint);

  private SelectExceptionGroups() {}

  static List<ExceptionGroup> by(ExceptionFilter filter, ReadConnection connection)
      throws SQLException {
    List<Group> sums = new ArrayList<>(sums(filter, connection).values());
    sums.sort(MOST_FREQUENT_FIRST);
    List<ExceptionGroup> groups = new ArrayList<>();
    for (Group sum : filter.limit() == 0 ? sums : firsts(sums, filter.limit())) {
      groups.add(group(sum, connection));
    }
    return groups;
  }

  private static Map<Long, Group> sums(ExceptionFilter filter, ReadConnection connection)
      throws SQLException {
    Optional<Sums> known =
        filter.where().isAny() && filter.fingerprint() == 0
            ? SelectSums.of(
                SumKind.EXCEPTION,
                filter.sinceEpochNanos(),
                filter.untilEpochNanos(),
                SelectInstances.services(filter.service(), connection),
                connection)
            : Optional.empty();
    Map<Long, Group> groups =
        known.isEmpty() ? read(filter, connection) : groups(known.get(), connection.words);
    addGone(filter, groups, connection);
    return groups;
  }

  private static Map<Long, Group> groups(Sums sums, WordTexts words) throws SQLException {
    Map<Long, Group> groups = new LinkedHashMap<>();
    for (Map.Entry<Sum.Key, Sum> entry : sums.all().entrySet()) {
      Sum sum = entry.getValue();
      groups
          .computeIfAbsent(entry.getKey().name(), Group::new)
          .add(
              words.text(entry.getKey().owner()),
              sum.count,
              sum.first,
              sum.last,
              sum.longestArrival);
    }
    return groups;
  }

  private static Map<Long, Group> read(ExceptionFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        SelectExceptions.conditions(filter, connection)
            .andUnlessZero("e.fingerprint = ?", filter.fingerprint());
    String query =
        "SELECT e.fingerprint, i.service, count(*), min(e.time), max(e.time), max(e.arrival)"
            + " FROM exception e CROSS JOIN instance i ON i.id = e.instance"
            + conditions.where()
            + " GROUP BY e.fingerprint, i.service";
    Map<Long, Group> sums = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepare(query, conditions.parametersAnd());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        sums.computeIfAbsent(row.getLong(1), Group::new)
            .add(row, connection.words.text(row.getLong(2)));
      }
    }
    return sums;
  }

  /** Those that the filter takes as a whole. */
  private static void addGone(
      ExceptionFilter filter, Map<Long, Group> sums, ReadConnection connection)
      throws SQLException {
    if (!filter.where().isAny()) {
      return;
    }
    Conditions conditions =
        new Conditions()
            .andUnlessZero("first >= ?", filter.sinceEpochNanos())
            .andUnlessZero("last < ?", filter.untilEpochNanos())
            .andUnlessZero("fingerprint = ?", filter.fingerprint())
            .andWord("service", filter.service());
    String query =
        "SELECT fingerprint, service, count, first, last, arrival, type FROM gone_exception"
            + conditions.where();
    try (PreparedStatement statement = connection.prepare(query, conditions.parametersAnd());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        sums.computeIfAbsent(row.getLong(1), Group::new)
            .addGone(row, connection.words.text(row.getLong(2)));
      }
    }
  }

  private static ExceptionGroup group(Group sum, ReadConnection connection) throws SQLException {
    if (sum.goneType != 0) {
      return sum.group(connection.words.text(sum.goneType), null);
    }
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT type, message FROM exception WHERE arrival = ?", sum.lastArrival);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return sum.group(connection.words.text(row.getLong(1)), SqliteText.readNullable(row, 2));
    }
  }

  private static List<Group> firsts(List<Group> sums, int limit) {
    return sums.subList(0, Math.min(limit, sums.size()));
  }

  /** One fingerprint over all services. */
  private static final class Group {
    private final long fingerprint;
    private final TreeSet<String> services = new TreeSet<>();
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long lastArrival;

    /** The word of its type when the latest to arrive has gone; else 0. */
    private long goneType;

    Group(long fingerprint) {
      this.fingerprint = fingerprint;
    }

    /** After all that are there. */
    void addGone(ResultSet row, String service) throws SQLException {
      goneType = row.getLong(6) > lastArrival ? row.getLong(7) : goneType;
      add(row, service);
    }

    ExceptionGroup group(String type, @Nullable String message) {
      return new ExceptionGroup(
          fingerprint, type, message, count, first, last, List.copyOf(services));
    }

    void add(ResultSet row, String service) throws SQLException {
      add(service, row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }

    void add(String service, long more, long since, long until, long arrival) {
      services.add(service);
      count += more;
      first = Math.min(first, since);
      last = Math.max(last, until);
      lastArrival = Math.max(lastArrival, arrival);
    }
  }
}
