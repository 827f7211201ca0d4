package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What SQLite puts off while it writes is done by the collector. */
class CatchUpTest {
  private static final int EXCEPTIONS = 300;

  /** Does something; more than 0 while there is more to do. */
  private interface SumUp {
    long step() throws Throwable;
  }

  @TempDir private Path home;
  private final List<String> lines = new CopyOnWriteArrayList<>();

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
            Collector.open(home, Set.of(), summedUp(store, asked::incrementAndGet), lines::add)) {
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

  static List<Throwable> failures() {
    return List.of(
        new StoreException(Kind.UNAVAILABLE, "no room", null),
        new StoreException(Kind.CORRUPT, "no room", null),
        new IllegalStateException("no room"),
        new OutOfMemoryError("no room"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatCannotBeSummedUp_isSaidOnce_andTheOthersAreStored(Throwable failure) throws Exception {
    AtomicLong asked = new AtomicLong();
    SumUp failing =
        () -> {
          asked.incrementAndGet();
          throw failure;
        };
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home));
        Collector collector =
            Collector.open(home, Set.of(), summedUp(store, failing), lines::add)) {
      Thread thread = new Thread(collector::run, "collector");
      thread.start();
      await().atMost(Duration.ofMinutes(1)).until(() -> asked.get() > 0);
      offerExceptions();
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsInstanceOf(SQLException.class)
          .until(() -> indexed() == EXCEPTIONS && putOff() == 0);
      collector.stop();
      thread.join();
    }
    assertThat(lines)
        .filteredOn(line -> line.contains("cannot sum up"))
        .singleElement()
        .asString()
        .contains("no room");
  }

  /** A store with a writer that sums up so: it has more to do while the number is above 0. */
  private static Store summedUp(Store store, SumUp sumUp) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("writer")) {
            return summedUp(store.writer(), sumUp);
          }
          return method.invoke(store, arguments);
        };
    return proxy(Store.class, handler);
  }

  private static StoreWriter summedUp(StoreWriter writer, SumUp sumUp) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("sumUp")) {
            return sumUp.step() > 0;
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
