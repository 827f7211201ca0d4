package dev.engram.collector.store.postgresql;

import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.inCategory;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do while rows are taken out, and what it means to rows of the days around. */
class RemovalBesideOthersTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final InstanceId ELSEWHERE = new InstanceId(new UUID(3, 4));
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);
  private static final byte[] BODY = {1, 2, 3};

  /** Rows of these positions are of this day. */
  private static final long FIRST = TimeUnit.DAYS.toMicros(1);

  @TempDir private Path folder;

  @Test
  void batchesAreWritten_whileADayIsLookedThrough() throws Exception {
    on(1, store -> write(store, span(INSTANCE, FIRST), exception(INSTANCE, FIRST + 1, 0, 7)));
    try (Store removing = opened(9);
        Store storing = opened(9);
        Connection connection = locking("gone_exception", "ACCESS EXCLUSIVE")) {
      CompletableFuture<Removal> removal = removingOlder(removing, day(3));
      awaitWaiting(1);

      CompletableFuture<Void> stored =
          CompletableFuture.runAsync(
              () -> {
                put(storing, ELSEWHERE);
                writeFor(storing, ELSEWHERE, span(ELSEWHERE, 9 * FIRST));
              });

      assertThat(stored).succeedsWithin(60, TimeUnit.SECONDS);
      connection.commit();
      assertThat(removal.get(60, TimeUnit.SECONDS).rows())
          .isEqualTo(Map.of("spans", 1L, "exceptions", 1L));
    }
  }

  @Test
  void firstBatchOfADay_isWritten_whileSomebodyReads() throws Exception {
    on(1, store -> write(store, span(INSTANCE, FIRST)));
    try (Connection reading = locking("removed, engram.span, engram.exception", "ACCESS SHARE")) {
      on(
          2,
          store ->
              write(store, span(INSTANCE, 2 * FIRST), exception(INSTANCE, 2 * FIRST + 1, 0, 7)));
      reading.rollback();
    }
    try (Store store = opened(2)) {
      assertThat(store.reader().spans(ALL)).hasSize(2);
    }
  }

  @Test
  void spanThatEnds_whileItIsForgotten_bringsNothingBack() throws Exception {
    try (Store store = opened(1);
        Connection forgetting = Databases.connect(folder);
        Statement statement = forgetting.createStatement()) {
      put(store, INSTANCE);
      write(store, begun(1, "bob"));
      forgetting.setAutoCommit(false);
      statement.execute("UPDATE engram.begun SET " + Forget.BARE);
      CompletableFuture<Void> ended =
          CompletableFuture.runAsync(() -> write(store, new EndedRow(2, 10, 2, 3, "ok")));
      awaitWaiting(1);
      forgetting.commit();

      assertThat(ended).succeedsWithin(60, TimeUnit.SECONDS);
      assertThat(store.reader().spans(ALL).get(0).row().attributes()).isEmpty();
    }
  }

  @Test
  void whatIsKeptForGood_isNotLookedThrough() throws Exception {
    on(1, store -> write(store, span(INSTANCE, FIRST), exception(INSTANCE, FIRST + 1, 0, 7)));
    Cutoff before = new Cutoff(day(3).ordinary(), Long.MIN_VALUE, Long.MIN_VALUE);
    try (Store store = opened(9)) {
      assertThat(all(store, before)).isEqualTo(Map.of("spans", 1L));
      try (Connection holding =
          locking("lifecycle, engram.decision, engram.exception", "ACCESS EXCLUSIVE")) {
        assertThat(store.writer().removeOlder(before)).isEqualTo(Removal.NOTHING);
        assertThat(store.reader().older(before)).isEmpty();
        holding.rollback();
      }
    }
  }

  @Test
  void partsOfThePreviousDay_goWithTheirSpan() throws Exception {
    on(1, store -> write(store, part(FIRST, 77, 0, 1, BODY), exception(INSTANCE, FIRST + 1, 0, 7)));
    on(2, store -> write(store, withPart(span(INSTANCE, 2 * FIRST))));
    try (Store store = opened(9)) {
      all(store, new Cutoff(day(2).ordinary(), 0, 0));
      assertThat(store.reader().payload(INSTANCE, 77)).hasValue(BODY);

      Map<String, Long> gone = all(store, new Cutoff(day(3).ordinary(), 0, 0));

      assertThat(gone).isEqualTo(Map.of("spans", 1L, "payload_parts", 1L));
      assertThat(number("SELECT count(*) FROM engram.payload_part")).isZero();
      assertThat(number("SELECT count(*) FROM engram.content")).isZero();
    }
  }

  /** The collector was away for days between the two. */
  @Test
  void partsOfALaterSpan_stayWithIt() throws Exception {
    on(1, store -> write(store, part(FIRST, 77, 0, 1, BODY), span(INSTANCE, FIRST + 1)));
    on(4, store -> write(store, inCategory("ai", withPart(span(INSTANCE, 4 * FIRST)))));
    try (Store store = opened(9)) {
      assertThat(all(store, new Cutoff(day(5).ordinary(), 0, 0))).isEqualTo(Map.of("spans", 1L));
      assertThat(store.reader().payload(INSTANCE, 77)).hasValue(BODY);
    }
  }

  /** An export may read for hours. */
  @Test
  void everythingBeforeATime_isForgotten_whileSomebodyReads() throws Exception {
    on(1, store -> write(store, span(INSTANCE, FIRST), exception(INSTANCE, FIRST + 1, 0, 7)));
    on(2, store -> write(store, span(INSTANCE, 2 * FIRST)));
    try (Store store = opened(9);
        Connection reading = locking("removed, engram.span, engram.exception", "ACCESS SHARE")) {
      Removal removal = store.writer().forget(new Subject.Before(TimeUnit.DAYS.toNanos(3)), true);

      assertThat(removal.rows()).isEqualTo(Map.of("spans", 2L, "exceptions", 1L));
      assertThat(store.reader().spans(ALL)).isEmpty();
      reading.rollback();
    }
  }

  /** Who comes second finds that there is room. */
  @Test
  void collectorsThatMakeRoomAtOnce_takeOutNoMoreThanOne() throws Exception {
    for (int day = 1; day <= 4; day++) {
      long first = day * FIRST;
      on(day, store -> write(store, span(INSTANCE, first)));
    }
    long now = TimeUnit.DAYS.toNanos(9);
    try (Store one = opened(9);
        Store other = opened(9);
        Connection holding = locking("request_rollup", "EXCLUSIVE")) {
      long most = one.reader().bytes() - 1;
      CompletableFuture<Removal> first =
          CompletableFuture.supplyAsync(() -> one.writer().removeOldest(now, most));
      CompletableFuture<Removal> second =
          CompletableFuture.supplyAsync(() -> other.writer().removeOldest(now, most));
      awaitWaiting(2);
      holding.commit();

      assertThat(List.of(first.get(1, TimeUnit.MINUTES), second.get(1, TimeUnit.MINUTES)))
          .containsExactlyInAnyOrder(new Removal(Map.of("spans", 1L), true), Removal.NOTHING);
      assertThat(one.reader().spans(ALL)).hasSize(3);
    }
  }

  /** What went is said; asking again goes on. */
  @Test
  void forgettingThatCannotGoOn_saysWhatWent() throws Exception {
    on(1, store -> write(store, span(INSTANCE, FIRST)));
    on(2, store -> write(store, span(INSTANCE, 2 * FIRST)));
    Subject everything = new Subject.Before(TimeUnit.DAYS.toNanos(3));
    try (Store store = opened(9)) {
      try (Connection connection = Databases.connect(folder);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE VIEW engram.held AS SELECT * FROM engram.span_19700103");
        assertThatThrownBy(() -> store.writer().forget(everything, true))
            .isInstanceOf(StoreException.class)
            .hasMessageStartingWith("took out 1 spans, and could not go on: ")
            .hasMessageEndingWith("Run the same again for the rest");
        statement.execute("DROP VIEW engram.held");
      }
      assertThat(store.writer().forget(everything, true).rows()).isEqualTo(Map.of("spans", 1L));
    }
  }

  @Test
  void dayThatSomebodyReads_isNotLookedThroughInVain() throws Exception {
    on(1, store -> write(store, span(INSTANCE, FIRST), exception(INSTANCE, FIRST + 1, 0, 7)));
    try (Store store = opened(9);
        Connection holding = locking("gone_exception", "ACCESS EXCLUSIVE");
        Connection reading = locking("removed", "ACCESS SHARE")) {
      assertThat(removingOlder(store, day(3))).failsWithin(15, TimeUnit.SECONDS);
      assertThat(store.reader().spans(ALL)).hasSize(1);
      reading.rollback();
      holding.rollback();
    }
  }

  @Test
  void dayThatSomebodyBeginsToRead_goesWhenTheyHaveEnded() throws Exception {
    on(1, store -> write(store, span(INSTANCE, FIRST), exception(INSTANCE, FIRST + 1, 0, 7)));
    try (Store store = opened(9);
        Connection holding = locking("gone_exception", "ACCESS EXCLUSIVE")) {
      CompletableFuture<Removal> removal = removingOlder(store, day(3));
      awaitWaiting(1);
      Connection reading = locking("removed", "ACCESS SHARE");
      holding.rollback();
      awaitWaitingAt("removed", 1);
      awaitWaitingAt("removed", 0);
      reading.close();

      assertThat(removal.get(60, TimeUnit.SECONDS).rows())
          .isEqualTo(Map.of("spans", 1L, "exceptions", 1L));
    }
  }

  /** The table of contents is locked as if a batch were written and did not end. */
  @Test
  void whatWouldBeForgotten_isCounted_whileOthersWrite() throws Exception {
    Subject user = new Subject.User(Set.of("bob"));
    SpanRow part = withPart(span(INSTANCE, FIRST + 1, 1, false, 5, Map.of("user.id", "bob")));
    try (Store store = opened(1)) {
      put(store, INSTANCE);
      write(store, part(FIRST, 77, 0, 1, BODY), part);
      write(store, begun(FIRST + 2, "bob"));
      Connection writing = locking("begun, engram.content", "EXCLUSIVE");
      CompletableFuture<Removal> counted =
          CompletableFuture.supplyAsync(() -> store.writer().forget(user, false));

      assertThat(counted).succeedsWithin(60, TimeUnit.SECONDS);
      writing.close();
      assertThat(counted.get().rows()).isEqualTo(Map.of("spans", 1L, "payload_parts", 1L));
      assertThat(store.writer().forget(user, true)).isEqualTo(counted.get());
      assertThat(number("SELECT count(*) FROM engram.content")).isZero();
    }
  }

  @Test
  void stacksAreSwept_whenOthersWereInTheWayOnce() throws Exception {
    on(
        1,
        store -> write(store, exception(INSTANCE, FIRST, 0, 7, thrown("T", 5, "a.B.c(B.java:1)"))));
    try (Store store = opened(1);
        Connection writing = locking("stack", "EXCLUSIVE")) {
      store.writer().closeInstance(INSTANCE, 1);
      CompletableFuture<Removal> forgotten =
          CompletableFuture.supplyAsync(
              () -> store.writer().forget(new Subject.Trace(Rows.TRACE), true));
      awaitWaitingAt("stack", 1);
      number(
          "SELECT count(pg_cancel_backend(pid)) FROM pg_locks"
              + " WHERE NOT granted AND relation = 'engram.stack'::regclass");
      writing.rollback();

      assertThat(forgotten.get(60, TimeUnit.SECONDS).rows()).isEqualTo(Map.of("exceptions", 1L));
      assertThat(store.reader().frames(INSTANCE, 5)).isEmpty();
    }
  }

  @Test
  void tableThatGoes_whileOthersAreCompacted_isPassedOver() throws Exception {
    try (Store store = opened(1);
        Connection dropping = Databases.connect(folder);
        Statement statement = dropping.createStatement()) {
      put(store, INSTANCE);
      statement.execute("CREATE TABLE engram.aside (id bigint)");
      Connection writing = locking("begun", "EXCLUSIVE");
      CompletableFuture<Void> compacted =
          CompletableFuture.runAsync(() -> store.writer().compact());
      awaitWaitingAt("begun", 1);
      statement.execute("DROP TABLE engram.aside");
      writing.close();

      assertThat(compacted).succeedsWithin(60, TimeUnit.SECONDS);
    }
  }

  private interface Use {
    void of(Store store) throws Exception;
  }

  private void on(int day, Use use) throws Exception {
    try (Store store = opened(day)) {
      put(store, INSTANCE);
      use.of(store);
    }
  }

  private static void put(Store store, InstanceId instance) {
    store.writer().putInstance(new Instance(instance, "checkout", "1", 0, 0, Map.of()));
  }

  /** As it is on this day of 1970, the first being 0. */
  private Store opened(int day) {
    Instant noon = Instant.EPOCH.plusSeconds(TimeUnit.DAYS.toSeconds(day) + 43_200);
    return PostgresStore.open(Databases.of(folder), Clock.fixed(noon, ZoneOffset.UTC));
  }

  private static Cutoff day(int day) {
    return Cutoff.of(TimeUnit.DAYS.toNanos(day));
  }

  private static BegunRow begun(long position, String user) {
    return new BegunRow(
        position, Rows.TRACE, 10, 0, "SERVER", "http", "GET", 1, Map.of("user.id", user));
  }

  private static SpanRow withPart(SpanRow span) {
    return withPayloads(span, new PayloadReference("out", null, 3, false, 77, null));
  }

  private static void write(Store store, Row... rows) {
    writeFor(store, INSTANCE, rows);
  }

  private static void writeFor(Store store, InstanceId instance, Row... rows) {
    long last = rows[rows.length - 1].position();
    Checkpoint end = new Checkpoint(last, last, 0);
    store.writer().write(new Batch(instance, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }

  private static CompletableFuture<Removal> removingOlder(Store store, Cutoff before) {
    return CompletableFuture.supplyAsync(() -> store.writer().removeOlder(before));
  }

  /** What goes in all steps. */
  private static Map<String, Long> all(Store store, Cutoff before) {
    Removal all = Removal.NOTHING;
    Removal step;
    do {
      step = store.writer().removeOlder(before);
      all = all.then(step);
    } while (step.more());
    return all.rows();
  }

  /** A transaction of somebody else that holds this. */
  private Connection locking(String tables, String mode) throws SQLException {
    Connection connection = Databases.connect(folder);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE engram." + tables + " IN " + mode + " MODE");
    }
    return connection;
  }

  private void awaitWaiting(int many) {
    await()
        .until(
            () ->
                number(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND datname = current_database()")
                    == many);
  }

  private void awaitWaitingAt(String table, int many) {
    String waiting =
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'engram.%s'::regclass";
    await().until(() -> number(String.format(waiting, table)) == many);
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
