package dev.engram.collector.store.postgresql;

import static dev.engram.collector.store.testkit.Rows.decision;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.inCategory;
import static dev.engram.collector.store.testkit.Rows.outcome;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.reading;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.throwCount;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that go as a whole. */
class PostgresRemovalTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);

  private static final ExceptionFilter ERRORS = new ExceptionFilter(0, 0, null, 0, null, 0);

  /** Rows of these positions are of this day. */
  private static final long FIRST = TimeUnit.DAYS.toMicros(1);

  @TempDir private Path folder;

  @Test
  void dayThatIsTooOld_goesWithItsTables() throws SQLException {
    try (Store store = opened(1)) {
      store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
      write(store, span(INSTANCE, FIRST), exception(INSTANCE, FIRST + 1, 0, 7));
      write(store, decision(FIRST + 2, 9, "routing", 0));
    }
    try (Store store = opened(3)) {
      write(store, exception(INSTANCE, 3 * FIRST, 0, 7), outcome(3 * FIRST + 1, 9, "success"));
      assertThat(days("span")).isEqualTo(2);

      Removal removal = store.writer().removeOlder(Cutoff.of(TimeUnit.DAYS.toNanos(2)));

      assertThat(removal.rows()).isEqualTo(Map.of("spans", 1L, "exceptions", 1L));
      assertThat(store.writer().removeOlder(Cutoff.of(TimeUnit.DAYS.toNanos(2))).more()).isFalse();
      assertThat(days("span")).isEqualTo(1);
      assertThat(days("content")).isEqualTo(1);
      assertThat(days("decision")).isEqualTo(2);
      assertThat(store.reader().exceptionGroups(ERRORS))
          .extracting(ExceptionGroup::count)
          .containsExactly(2L);
    }
  }

  @Test
  void oldestDayGoes_whereThereIsNoRoom_butNotToday() throws SQLException {
    try (Store store = opened(1)) {
      store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
      write(store, span(INSTANCE, FIRST));
    }
    try (Store store = opened(2)) {
      write(store, span(INSTANCE, 2 * FIRST));
      long now = TimeUnit.DAYS.toNanos(2);

      assertThat(store.writer().removeOldest(now, 0).rows()).isEqualTo(Map.of("spans", 1L));
      assertThat(store.writer().removeOldest(now, 0)).isEqualTo(Removal.NOTHING);
      assertThat(store.reader().spans(ALL)).hasSize(1);
      write(store, span(INSTANCE, 2 * FIRST + 1));
      assertThat(store.reader().spans(ALL)).hasSize(2);
    }
  }

  @Test
  void dayIsThinnedOut_untilWhatLastsIsTooOld() throws SQLException {
    byte[] body = {1, 2, 3};
    PayloadReference said = new PayloadReference("in", null, 3, false, 0, body);
    PayloadReference large = new PayloadReference("out", null, 3, false, 77, null);
    SpanRow call = withPayloads(inCategory("ai", span(INSTANCE, FIRST + 2)), said, large);
    try (Store store = opened(1)) {
      store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
      write(store, part(FIRST, 77, 0, 1, body), part(FIRST + 1, 78, 0, 1, (byte) 9), call);
      write(
          store,
          withPayloads(span(INSTANCE, FIRST + 3), said),
          exception(INSTANCE, FIRST + 4, 0, 7, thrown("T", 5, "a.B.c(B.java:1)")),
          reading(FIRST + 5, "heap", 1, Map.of()));
    }
    try (Store store = opened(9)) {
      long third = TimeUnit.DAYS.toNanos(3);
      Cutoff before = new Cutoff(third, 0, 0);
      assertThat(store.reader().older(before)).isEqualTo(Map.of("spans", 1L, "measurements", 1L));
      assertThat(store.writer().removeOlder(before))
          .isEqualTo(new Removal(Map.of("spans", 1L, "payload_parts", 1L), true));
      assertThat(store.writer().removeOlder(before))
          .isEqualTo(new Removal(Map.of("measurements", 1L), true));
      assertThat(store.writer().removeOlder(before)).isEqualTo(Removal.NOTHING);
      assertThat(store.reader().spans(ALL)).hasSize(1);
      assertThat(store.reader().span(FIRST + 2).orElseThrow().row().payloads().get(0).bytes())
          .isEqualTo(body);
      assertThat(store.reader().payload(INSTANCE, 77)).hasValue(body);
      assertThat(store.reader().exceptions(ERRORS).get(0).row().stack().frames()).hasSize(1);
      assertThat(store.reader().requestRollups(0, 0, null)).hasSize(1);
      assertThat(number("SELECT count(*) FROM engram.content")).isEqualTo(2);
      assertThat(days("measurement")).isZero();

      assertThat(store.writer().removeOlder(new Cutoff(third, third, 0)).rows())
          .isEqualTo(Map.of("spans", 1L, "exceptions", 1L, "payload_parts", 1L));
      assertThat(days("span")).isZero();
    }
  }

  /** Before their day does. */
  @Test
  void forgottenStacks_goWithTheLastThatRefersToThem() throws SQLException {
    try (Store store = opened(1)) {
      store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
      ThrownStack cause = thrown("Shared", 5, "a.Shared.run(Shared.java:1)");
      write(
          store,
          exception(INSTANCE, FIRST, 0, 7, thrown("Early", 6, "a.Early.run(Early.java:1)")),
          exception(INSTANCE, FIRST + 1, 0, 7, cause),
          exception(
              INSTANCE,
              FIRST + 10,
              0,
              7,
              new ThrownStack("Outer", null, 0, List.of(), 0, cause, List.of())),
          throwCount(FIRST + 11, "a.C.run", 1, 0, thrown("C", 8, "a.C.run(C.java:1)")));
      store.writer().closeInstance(INSTANCE, 1);

      store.writer().forget(new Subject.Before(Rows.time(FIRST + 5)), true);

      assertThat(store.reader().frames(INSTANCE, 6)).isEmpty();
      assertThat(store.reader().frames(INSTANCE, 5)).isPresent();
      assertThat(store.reader().frames(INSTANCE, 8)).isPresent();
      assertThat(number("SELECT count(*) FROM engram.content")).isEqualTo(2);
    }
  }

  /** What is left of a day is written anew: whoever asks meanwhile would see neither. */
  @Test
  void questionDuringACut_isAnsweredAfterIt_withWhatLasts() throws Exception {
    try (Store store = opened(1)) {
      store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
      write(store, inCategory("ai", span(INSTANCE, FIRST)), span(INSTANCE, FIRST + 1));
    }
    try (Store store = opened(9);
        Connection cutting = Databases.connect(folder)) {
      assertThat(store.reader().spans(ALL)).hasSize(2);
      cutting.setAutoCommit(false);
      DayOfRows day = new DayOfRows(LocalDate.of(1970, 1, 2), inSchema(cutting));
      Map<String, Long> cut = day.copyWhatLasts();
      Turns.alone(cutting);
      day.keepCopies();
      CompletableFuture<List<StoredSpan>> asked =
          CompletableFuture.supplyAsync(() -> store.reader().spans(ALL));
      await().until(() -> number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);

      cutting.commit();

      assertThat(cut).containsEntry("spans", 1L);
      assertThat(asked.get(30, TimeUnit.SECONDS)).hasSize(1);
    }
  }

  private static Connection inSchema(Connection connection) throws SQLException {
    connection.setSchema("engram");
    return connection;
  }

  @Test
  void forWantOfRoom_whatLastsStaysLonger() throws SQLException {
    for (int day : new int[] {1, 2, 8}) {
      try (Store store = opened(day)) {
        store.writer().putInstance(new Instance(INSTANCE, "checkout", "1", 0, 0, Map.of()));
        write(store, span(INSTANCE, day * FIRST), exception(INSTANCE, day * FIRST + 1, 0, day));
      }
    }
    try (Store store = opened(9)) {
      long now = TimeUnit.DAYS.toNanos(9);
      assertThat(madeRoom(store, now)).isEqualTo(Map.of("spans", 1L));
      assertThat(madeRoom(store, now)).isEqualTo(Map.of("spans", 1L));
      assertThat(madeRoom(store, now)).isEqualTo(Map.of("spans", 1L));
      assertThat(store.reader().exceptions(ERRORS)).hasSize(3);
      assertThat(madeRoom(store, now)).isEqualTo(Map.of("exceptions", 1L));
      assertThat(days("span")).isEqualTo(2);
    }
    try (Store store = opened(20)) {
      write(store, span(INSTANCE, 20 * FIRST));
    }
    try (Store store = opened(21)) {
      long now = TimeUnit.DAYS.toNanos(21);
      assertThat(madeRoom(store, now)).isEqualTo(Map.of("exceptions", 1L));
      assertThat(madeRoom(store, now)).isEqualTo(Map.of("exceptions", 1L));
      assertThat(madeRoom(store, now)).isEqualTo(Map.of("spans", 1L));
      assertThat(madeRoom(store, now)).isEmpty();
    }
  }

  /** What goes in the next step in which something does. */
  private static Map<String, Long> madeRoom(Store store, long now) {
    Removal step;
    do {
      step = store.writer().removeOldest(now, 0);
    } while (step.count() == 0 && step.more());
    return step.rows();
  }

  /** As it is on this day of 1970, the first being 0. */
  private Store opened(int day) {
    Instant noon = Instant.EPOCH.plusSeconds(TimeUnit.DAYS.toSeconds(day) + 43_200);
    return PostgresStore.open(Databases.of(folder), Clock.fixed(noon, ZoneOffset.UTC));
  }

  private static void write(Store store, Row... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }

  private long days(String table) throws SQLException {
    return number(
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'engram' AND tablename ~ '^"
            + table
            + "_[0-9]{8}$'");
  }

  private long number(String query) throws SQLException {
    try (Connection connection = Databases.connect(folder);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
