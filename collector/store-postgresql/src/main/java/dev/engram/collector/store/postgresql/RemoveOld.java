package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes out what is old: the tables of one day, or of its rows those that do not last, or, where
 * all of a day may not go at once, some rows. For one transaction, which no other removes beside.
 * What takes long is done first; what others wait for, at the end.
 */
final class RemoveOld {
  private static final int ROWS = 1_000;

  private final Connection connection;
  private final RemoveRows rows;
  private final Days days;
  private final Turns turns;

  RemoveOld(Connection connection, Turns turns) {
    this.connection = connection;
    this.turns = turns;
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
    Turns.requireNoReader(connection);
    days.hold(day);
    rows.rememberExceptionsOf(day);
    rows.rememberRequestsOf(day, before);
    List<Long> parts = new DayOfRows(day, connection).partsElsewhere("true");
    Map<String, Long> counts = days.count(day);
    turns.dropping(connection);
    removeParts(parts, counts);
    days.drop(day);
    return new Removal(counts, true);
  }

  /** Leaves of a day what lasts. */
  private Removal thinOut(LocalDate day, Cutoff before) throws SQLException {
    DayOfRows left = new DayOfRows(day, connection);
    if (!left.hasWhatLasts()) {
      return dropDay(day, before);
    }
    Turns.requireNoReader(connection);
    days.hold(day);
    return left.hasOrdinarySpans() ? thinOutSpans(left, day, before) : dropReadings(day);
  }

  private Removal thinOutSpans(DayOfRows left, LocalDate day, Cutoff before) throws SQLException {
    rows.rememberOrdinaryRequestsOf(day, before);
    List<Long> parts = left.partsElsewhere("NOT s." + AgedRows.LASTING_SPANS);
    Map<String, Long> counts = new TreeMap<>(left.copyWhatLasts());
    Turns.alone(connection);
    left.keepCopies();
    if (!parts.isEmpty()) {
      turns.arrivals(0, connection);
      removeParts(parts, counts);
    }
    return new Removal(counts, true);
  }

  private Removal dropReadings(LocalDate day) throws SQLException {
    Map<String, Long> counts = days.countReadings(day);
    turns.dropping(connection);
    days.dropReadings(day);
    return new Removal(counts, true);
  }

  private void removeParts(List<Long> arrivals, Map<String, Long> counts) throws SQLException {
    if (!arrivals.isEmpty()) {
      rows.remove(Kind.PAYLOAD_PARTS, "payload_part", arrivals)
          .forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    }
  }

  private Removal removeRows(Cutoff exactly) throws SQLException {
    Cutoff before =
        new Cutoff(
            Days.begin(Days.of(exactly.ordinary())),
            Days.begin(Days.of(exactly.lasting())),
            exactly.rollups());
    Map<AgedRows, List<Long>> chosen = choose(before);
    Map<String, Long> counts = new TreeMap<>();
    if (!chosen.isEmpty()) {
      turns.arrivals(0, connection);
    }
    for (Map.Entry<AgedRows, List<Long>> entry : chosen.entrySet()) {
      remove(entry.getKey(), entry.getValue(), before)
          .forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    }
    counts.put(Kind.REQUEST_ROLLUPS, rows.removeRollups(before));
    long all = chosen.values().stream().mapToLong(List::size).sum();
    Removal removal = new Removal(counts, all == ROWS);
    if (removal.count() == 0) {
      days.dropEmpty(Days.of(before.lasting()), turns);
    }
    return removal;
  }

  /** Some of the rows that are too old. */
  private Map<AgedRows, List<Long>> choose(Cutoff before) throws SQLException {
    Map<AgedRows, List<Long>> chosen = new LinkedHashMap<>();
    int left = ROWS;
    for (AgedRows aged : AgedRows.ALL) {
      if (left > 0 && !aged.keepsAll(before)) {
        List<Long> some = rows.select(oldest(aged, before, left));
        if (!some.isEmpty()) {
          chosen.put(aged, some);
          left -= some.size();
        }
      }
    }
    return chosen;
  }

  private Map<String, Long> remove(AgedRows aged, List<Long> chosen, Cutoff before)
      throws SQLException {
    if (aged.kind().equals(Kind.EXCEPTIONS)) {
      rows.rememberExceptions(chosen);
    } else if (aged.kind().equals(Kind.SPANS)) {
      rows.rememberRequests(chosen, before);
    }
    return rows.remove(aged.kind(), aged.table(), chosen);
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
