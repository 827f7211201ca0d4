package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that crashes, refuses, or gets in its own way. */
class OutageTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);

  @TempDir private Path folder;

  /** As the intake does: what failed is asked for again until it is done. */
  @Test
  void serverThatCrashesUnderLoad_andComesBack_hasEachRowOnce() throws Exception {
    try (OwnServer server = new OwnServer(folder);
        Store store = PostgresStore.open(server.address(), Clock.systemUTC())) {
      put(store);
      AtomicInteger written = new AtomicInteger();
      AtomicInteger goal = new AtomicInteger(Integer.MAX_VALUE);
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 1; i <= goal.get(); i++) {
                  writeUntilDone(store, i);
                  written.set(i);
                }
              });
      for (int crash = 1; crash <= 2; crash++) {
        awaitMore(written, 20);
        server.crash();
        server.start();
      }
      awaitMore(written, 20);
      goal.set(written.get() + 1);

      assertThat(load).succeedsWithin(60, TimeUnit.SECONDS);
      assertThat(store.reader().spans(ALL))
          .extracting(it -> it.row().position())
          .doesNotHaveDuplicates()
          .hasSize(written.get());
    }
  }

  @Test
  void severalServers_areTriedInTurn() {
    String url = Databases.of(folder).url().replace("//", "//127.0.0.1:1,");
    try (Store store =
        PostgresStore.open(new PostgresAddress(url, null, null), Clock.systemUTC())) {
      put(store);
      write(store, 1);

      assertThat(store.reader().spans(ALL)).hasSize(1);
    }
  }

  @Test
  void wrongPassword_isSaid_andTheRightOneIsTaken() throws Exception {
    execute("CREATE ROLE ada LOGIN SUPERUSER PASSWORD 'right'");
    Path rules = Path.of(text("SHOW hba_file"));
    String others = Files.readString(rules);
    Files.writeString(rules, "host all ada all scram-sha-256\n" + others);
    String url = Databases.of(folder).url().replaceAll("\\?.*", "");
    try {
      execute("SELECT pg_reload_conf()");
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> putAs(url, "wrong"))
                      .isInstanceOfSatisfying(
                          StoreException.class,
                          failure ->
                              assertThat(failure)
                                  .hasMessageContaining("Check the user and the password")
                                  .hasMessageNotContaining("wrong")));
      putAs(url, "right");
    } finally {
      Files.writeString(rules, others);
      execute("SELECT pg_reload_conf()");
    }
  }

  @Test
  void deadlock_isBusiness_andTheSameAgainIsStored() throws Exception {
    execute(
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() ||"
            + " ' SET deadlock_timeout = ''5s'''; END $$");
    try (Store store = PostgresStore.open(Databases.of(folder), Clock.systemUTC());
        Connection other = Databases.connect(folder);
        Statement statement = other.createStatement()) {
      put(store);
      statement.execute("SET deadlock_timeout = '10min'");
      other.setAutoCommit(false);
      statement.execute("UPDATE engram.sequence SET next_arrival = next_arrival");
      CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(store, 1));
      await()
          .until(
              () ->
                  text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                          + " AND datname = current_database()")
                      .equals("1"));
      statement.execute("SELECT 1 FROM engram.instance FOR UPDATE");
      other.rollback();

      assertThat(writing)
          .failsWithin(60, TimeUnit.SECONDS)
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              StoreException.class,
              failure -> assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED))
          .withMessageContaining("deadlock");
      write(store, 1);
      assertThat(store.reader().spans(ALL)).hasSize(1);
    }
  }

  private static void putAs(String url, String password) {
    try (Store store =
        PostgresStore.open(new PostgresAddress(url, "ada", password), Clock.systemUTC())) {
      put(store);
    }
  }

  private static void put(Store store) {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 1, 0, Map.of()));
  }

  private static void writeUntilDone(Store store, int position) {
    while (true) {
      try {
        write(store, position);
        return;
      } catch (StoreException failure) {
        if (!failure.isRetryable()) {
          throw failure;
        }
      }
    }
  }

  private static void write(Store store, int position) {
    Checkpoint end = new Checkpoint(position, position, 0);
    store
        .writer()
        .write(new Batch(INSTANCE, List.of(Rows.span(INSTANCE, position)), end, 1, 0, 0, Map.of()));
  }

  private static void awaitMore(AtomicInteger written, int many) {
    int enough = written.get() + many;
    await().until(() -> written.get() >= enough);
  }

  private String text(String query) throws SQLException {
    try (Connection connection = Databases.connect(folder);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = Databases.connect(folder);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
