package dev.engram.collector.intake;

import static dev.engram.collector.intake.CollectedHome.assertSettled;
import static dev.engram.collector.intake.CollectedHome.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store that fails, stays away, or takes so long that the service goes on meanwhile. */
class UnsteadyStoreTest {
  @RegisterExtension final CollectedHome home = new CollectedHome();

  @Test
  void runOnce_serviceThatRecordsDuringEveryCommit_returns() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 10);
    service.move();
    AtomicLong last = new AtomicLong(10);
    StoreWriter writer =
        before(
            StoreWriter.class,
            home.store.writer(),
            "write",
            () -> {
              if (last.get() < 100) {
                home.offerSpans(last.incrementAndGet(), 1);
                service.move();
              }
            });

    try (Collector collector =
        Collector.open(home.path(), Set.of(), with(writer, home.store.reader()), home.lines::add)) {
      collector.runOnce();
    }

    assertThat(last).hasValueLessThan(15);
    assertThat(home.storedSpans()).containsAll(range(1, 10));
  }

  @Test
  void runOnce_moreThanOneBatch_isStoredOnce_whicheverCommitFails() throws Exception {
    ServiceFolder service = home.startService();
    int records = 2 * BatchDraft.MAX_EXCEPTIONS + 100;
    offerAndMoveExceptions(service, records);
    AtomicInteger commits = new AtomicInteger();
    StoreWriter writer =
        before(
            StoreWriter.class,
            home.store.writer(),
            "write",
            () -> {
              switch (commits.incrementAndGet()) {
                case 2 -> throw new StoreException(StoreException.Kind.OVERLOADED, "busy", null);
                case 3 -> throw new StoreException(StoreException.Kind.CORRUPT, "repair", null);
                default -> {}
              }
            });

    try (Collector collector =
        Collector.open(home.path(), Set.of(), with(writer, home.store.reader()), home.lines::add)) {
      assertThatThrownBy(collector::runOnce).hasMessage("repair");
    }
    assertThat(home.books().read()).isEqualTo(BatchDraft.MAX_EXCEPTIONS);
    home.collect();

    assertThat(home.store.reader().exceptions(new ExceptionFilter(0, 0, null, 0, null, 0)))
        .extracting(stored -> stored.row().position())
        .hasSize(records)
        .doesNotHaveDuplicates();
    assertThat(home.books().read()).isEqualTo(records);
    assertThat(home.books().duplicate()).isZero();
  }

  @Test
  void runOnce_storeThatCannotAnswerForAMoment_isAskedAgain() throws Exception {
    ServiceFolder service = home.startService();
    service.offer(TestRecords.bytes(TestRecords.exception(77)), 4);
    service.move();
    AtomicInteger asked = new AtomicInteger();
    StoreReader reader =
        before(
            StoreReader.class,
            home.store.reader(),
            "frames",
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new StoreException(StoreException.Kind.OVERLOADED, "ask again", null);
              }
            });

    try (Collector collector =
        Collector.open(home.path(), Set.of(), with(home.store.writer(), reader), home.lines::add)) {
      collector.runOnce();
      collector.runOnce();
    }

    assertThat(asked).hasValue(2);
    assertThat(home.books().stored()).isEqualTo(1);
    assertThat(home.lines).singleElement().asString().contains("tried again");
  }

  @Test
  void runOnce_storeThatStaysAway_givesUpAndLosesNothing() throws Exception {
    ServiceFolder service = home.startService();
    home.offerSpans(1, 5);
    service.move();
    service.die();
    StoreWriter full =
        before(
            StoreWriter.class,
            home.store.writer(),
            "write",
            () -> {
              throw new StoreException(StoreException.Kind.UNAVAILABLE, "free some space", null);
            });

    try (Collector collector =
        Collector.open(home.path(), Set.of(), with(full, home.store.reader()), home.lines::add)) {
      assertThatThrownBy(() -> collector.runOnce(Duration.ofMillis(100)))
          .isInstanceOf(StoreException.class)
          .hasMessage("free some space");
    }
    home.collect();

    assertThat(home.storedSpans()).containsExactlyElementsOf(range(1, 5));
    assertSettled(home.books(), 5);
  }

  @Test
  void whatWasToldAndIsRefused_isSetAside_andKeepsNothingElseBack() throws Exception {
    ToldRecords.outcome(home.path(), 100, "order_id", "1", "success", 1, null, null);
    ToldRecords.outcome(home.path(), 101, "order_id", "2", "success", 1, null, null);
    ToldRecords.outcome(home.path(), 102, "order_id", "3", "success", 1, null, null);
    AtomicInteger writes = new AtomicInteger();
    StoreWriter refusing =
        before(
            StoreWriter.class,
            home.store.writer(),
            "write",
            () -> {
              // All together, and the second by itself.
              if (Set.of(1, 3).contains(writes.incrementAndGet())) {
                throw new IllegalArgumentException("too long");
              }
            });

    try (Collector collector =
        Collector.open(
            home.path(), Set.of(), with(refusing, home.store.reader()), home.lines::add)) {
      collector.takeTold();
    }

    assertThat(home.store.reader().outcomes(0))
        .extracting(stored -> stored.row().targetId())
        .containsExactly("1", "3");
    assertThat(home.lines)
        .singleElement()
        .asString()
        .contains("is refused by the store (too long)", "is kept as");
  }

  private static void offerAndMoveExceptions(ServiceFolder service, int count) throws IOException {
    byte[] exception = TestRecords.bytes(TestRecords.exception(0));
    for (int i = 0; i < count; i++) {
      assertThat(service.offer(exception, 4)).isTrue();
      service.move();
    }
  }

  /** Something that happens just before a call. */
  private interface Event {
    void happen() throws IOException;
  }

  private static <T> T before(Class<T> type, T real, String method, Event event) {
    InvocationHandler handler =
        (proxy, called, arguments) -> {
          if (called.getName().equals(method)) {
            event.happen();
          }
          try {
            return called.invoke(real, arguments);
          } catch (InvocationTargetException failure) {
            throw failure.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Store with(StoreWriter writer, StoreReader reader) {
    return new Store() {
      @Override
      public StoreWriter writer() {
        return writer;
      }

      @Override
      public StoreReader reader() {
        return reader;
      }

      @Override
      public Health check() {
        return new Health.Ok();
      }

      @Override
      public void close() {}
    };
  }
}
