package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many days as are kept by default, on a server as it comes. */
@Tag("full")
class ManyDaysTest {
  private static final int DAYS = 180;
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final Instant FIRST = Instant.parse("2026-01-01T12:00:00Z");
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);
  private static final ExceptionFilter ALL_EXCEPTIONS = new ExceptionFilter(0, 0, null, 0, null, 0);

  @TempDir private Path folder;

  @Test
  void questionsForgettingAndRetention_findEnoughLocks() throws Exception {
    MovingClock clock = new MovingClock();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (OwnServer server = new OwnServer(folder);
        Store store = PostgresStore.open(server.address(), clock)) {
      store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 1, 0, Map.of()));
      for (clock.day = 0; clock.day < DAYS; clock.day++) {
        write(store, clock.day);
      }
      AtomicBoolean ended = new AtomicBoolean();
      List<CompletableFuture<Void>> asking =
          IntStream.range(0, 4)
              .mapToObj(i -> CompletableFuture.runAsync(() -> ask(store, ended), threads))
              .toList();
      Removal forgotten = store.writer().forget(new Subject.User(Set.of("user7")), true);
      ended.set(true);

      assertThat(forgotten.rows()).isEqualTo(Map.of("spans", 1L, "feedback", 1L));
      assertThat(asking).allSatisfy(each -> assertThat(each).succeedsWithin(60, TimeUnit.SECONDS));
      assertThat(store.reader().exceptions(ALL_EXCEPTIONS)).hasSize(DAYS);
      removeOld(store, TimeUnit.SECONDS.toNanos(clock.instant().getEpochSecond()));
      assertThat(store.reader().spans(ALL)).hasSize(30);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void ask(Store store, AtomicBoolean ended) {
    while (!ended.get()) {
      store.reader().spans(ALL);
      store.reader().exceptions(ALL_EXCEPTIONS);
      store.reader().feedback(0);
    }
  }

  private static void removeOld(Store store, long now) {
    long lasting = now - TimeUnit.DAYS.toNanos(DAYS);
    Cutoff before = new Cutoff(now - TimeUnit.DAYS.toNanos(30), lasting, lasting);
    Removal step;
    do {
      step = store.writer().removeOlder(before);
    } while (step.more());
  }

  private static void write(Store store, int day) {
    long at = TimeUnit.SECONDS.toNanos(FIRST.plus(Duration.ofDays(day)).getEpochSecond());
    long first = 10L * day + 1;
    TraceId trace = new TraceId(7, first);
    List<Row> rows =
        Stream.<Row>of(
                Rows.inTrace(
                    trace,
                    Rows.begunAt(
                        at,
                        Rows.span(
                            INSTANCE, first, first, false, 5, Map.of("user.id", "user" + day)))),
                Rows.exception(INSTANCE, first + 1, 0, 7),
                new FeedbackRow(first + 2, at, "trace", trace.hex(), "good", 1, null, null))
            .toList();
    Checkpoint end = new Checkpoint(first + 2, first + 2, 0);
    store.writer().write(new Batch(INSTANCE, rows, end, 3, 0, 0, Map.of()));
  }

  private static final class MovingClock extends Clock {
    private volatile int day;

    @Override
    public Instant instant() {
      return FIRST.plus(Duration.ofDays(day));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
