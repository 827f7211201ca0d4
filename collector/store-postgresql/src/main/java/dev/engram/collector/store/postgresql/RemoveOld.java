package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.postgresql.AgedRows.Goes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes out what is old: the tables of one day, or of its rows those that do not last, or, where
 * all of a day may not go at once, some rows. For one transaction, which has come to its turn.
 */
final class RemoveOld {
  private static final int ROWS = 1_000;

  /** Readers may hold a table that is to go. */
  private static final String WAIT = "SET LOCAL lock_timeout = '2s'";

  private final Connection connection;
  private final RemoveRows rows;
  private final Days days;

  RemoveOld(Connection connection) {
    this.connection = connection;
    rows = new RemoveRows(connection);
    days = new Days(connection);
  }

  /** One day, or some rows, of those before the days (UTC) of these times. */
  Removal step(Cutoff before, String reason) throws SQLException {
    Optional<LocalDate> day = days.oldest();
    Optional<LocalDate> whole = days.oldestWhole();
    Removal removal;
    if (day.isPresent() && day.get().isBefore(Days.of(before.lasting()))) {
      removal = dropDay(day.get(), before);
    } else if (whole.isPresent() && whole.get().isBefore(Days.of(before.ordinary()))) {
      removal = thinOut(whole.get(), before);
    } else {
      removal = removeRows(before);
    }
    rows.note(reason, removal.rows());
    return removal;
  }

  /**
   * What goes now that there is no room: all of a day, or what of it does not last.
   *
   * @param today stays
   */
  Optional<Cutoff> slice(LocalDate today) throws SQLException {
    Optional<LocalDate> whole = days.oldestWhole().filter(it -> it.isBefore(today));
    Optional<LocalDate> day = days.oldest().filter(it -> it.isBefore(today));
    if (whole.isPresent()
        && !Expiry.lastingFirst(age(whole.get(), today), age(day.orElse(today), today))) {
      return Optional.of(new Cutoff(endOf(whole.get()), Long.MIN_VALUE, Long.MIN_VALUE));
    }
    return day.map(it -> new Cutoff(Long.MIN_VALUE, endOf(it), Long.MIN_VALUE));
  }

  private static long age(LocalDate day, LocalDate today) {
    return day.until(today, ChronoUnit.DAYS);
  }

  private static long endOf(LocalDate day) {
    return Days.begin(day.plusDays(1));
  }

  private Removal dropDay(LocalDate day, Cutoff before) throws SQLException {
    Statements.execute(connection, WAIT);
    rows.rememberExceptionsOf(day);
    rows.rememberRequestsOf(day, before);
    return new Removal(days.drop(day), true);
  }

  /** Leaves of a day what lasts. */
  private Removal thinOut(LocalDate day, Cutoff before) throws SQLException {
    DayOfRows left = new DayOfRows(day, connection);
    if (!left.hasWhatLasts()) {
      return dropDay(day, before);
    }
    Statements.execute(connection, WAIT);
    rows.rememberOrdinaryRequestsOf(day, before);
    Map<String, Long> counts = new TreeMap<>(left.thinOut());
    for (AgedRows aged : AgedRows.ALL) {
      if (aged.goes() == Goes.FIRST && !aged.equals(AgedRows.ORDINARY_SPANS)) {
        counts.put(aged.kind(), days.drop(aged.table(), day));
      }
    }
    return new Removal(counts, true);
  }

  private Removal removeRows(Cutoff exactly) throws SQLException {
    Cutoff before =
        new Cutoff(
            Days.begin(Days.of(exactly.ordinary())),
            Days.begin(Days.of(exactly.lasting())),
            exactly.rollups());
    Map<String, Long> counts = new TreeMap<>();
    int left = ROWS;
    for (AgedRows aged : AgedRows.ALL) {
      List<Long> chosen = rows.select(oldest(aged, before, left));
      if (!chosen.isEmpty()) {
        if (aged.kind().equals(Kind.EXCEPTIONS)) {
          rows.rememberExceptions(chosen);
        } else if (aged.kind().equals(Kind.SPANS)) {
          rows.rememberRequests(chosen, before);
        }
        rows.remove(aged.kind(), aged.table(), chosen)
            .forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        left -= chosen.size();
      }
    }
    counts.put(Kind.REQUEST_ROLLUPS, rows.removeRollups(before));
    Removal removal = new Removal(counts, left == 0);
    if (removal.count() == 0) {
      days.dropEmpty(Days.of(before.lasting()));
    }
    return removal;
  }

  /** Of the days before, spans that do not last are gone: those that do are not looked through. */
  private static String oldest(AgedRows aged, Cutoff before, int most) {
    return "SELECT arrival FROM "
        + aged.table()
        + " WHERE "
        + aged.older(before)
        + (aged.equals(AgedRows.ORDINARY_SPANS)
            ? " AND day >= date '" + Days.of(before.ordinary()) + "'"
            : "")
        + " LIMIT "
        + most;
  }
}
