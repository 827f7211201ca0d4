package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite puts off while it writes is done by the collector. */
class CatchUpTest {
  private static final int EXCEPTIONS = 300;

  @TempDir private Path home;
  private final List<String> lines = new ArrayList<>();

  @Test
  void runOnce_leavesNothingPutOff() throws Exception {
    offerExceptions();
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home));
        Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.runOnce();

      assertThat(indexed()).isEqualTo(EXCEPTIONS);
      assertThat(putOff()).isZero();
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void run_doesItWhileItServes() throws Exception {
    offerExceptions();
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home));
        Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      Thread thread = new Thread(collector::run, "collector");
      thread.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsInstanceOf(SQLException.class)
          .until(() -> indexed() == EXCEPTIONS && putOff() == 0);
      collector.stop();
      thread.join();
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void onlyRun_sumsUp() throws Exception {
    AtomicLong asked = new AtomicLong();
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home));
        Collector collector =
            Collector.open(home, Set.of(), neverSummedUp(store, asked), lines::add)) {
      collector.runOnce();
      assertThat(asked).hasValue(0);

      Thread thread = new Thread(collector::run, "collector");
      thread.start();
      await().atMost(Duration.ofMinutes(1)).until(() -> asked.get() > 1);
      collector.stop();
      thread.join();
    }
    assertThat(lines).isEmpty();
  }

  /** A store with a writer that has always more to sum up. */
  private static Store neverSummedUp(Store store, AtomicLong asked) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("writer")) {
            return neverSummedUp(store.writer(), asked);
          }
          return method.invoke(store, arguments);
        };
    return proxy(Store.class, handler);
  }

  private static StoreWriter neverSummedUp(StoreWriter writer, AtomicLong asked) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("sumUp")) {
            return asked.incrementAndGet() > 0;
          }
          return method.invoke(writer, arguments);
        };
    return proxy(StoreWriter.class, handler);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void offerExceptions() throws IOException {
    byte[] exception = TestRecords.bytes(TestRecords.exception(0));
    try (ServiceFolder service = new ServiceFolder(home)) {
      for (int i = 0; i < EXCEPTIONS; i++) {
        assertThat(service.offer(exception, 4)).isTrue();
        service.move();
      }
      service.stop();
    }
  }

  /** How many rows have their words in the index. */
  private long indexed() throws SQLException {
    return number("SELECT count(*) FROM search_docsize");
  }

  /** How many rows are to be looked at yet. */
  private long putOff() throws SQLException {
    return number("SELECT next_arrival - arrival FROM sequence, search_position");
  }

  private long number(String query) throws SQLException {
    String url = "jdbc:sqlite:file:" + SqliteStore.fileIn(home) + "?mode=ro";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
