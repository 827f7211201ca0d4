package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Remover;
import dev.engram.collector.store.Retention;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.memory.InMemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector whose store removes rows beside its writer. */
class KeepingThreadTest {
  private static final Retention DAYS =
      new Retention(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 0);

  @TempDir private Path home;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void recordsAreStored_whileAStepTakesLong() throws Exception {
    CountDownLatch removing = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    RemovingStore store =
        new RemovingStore(
            () -> {
              removing.countDown();
              awaitLatch(enough);
              return Removal.NOTHING;
            });
    try (ServiceFolder service = new ServiceFolder(home);
        Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.keep(DAYS);
      CompletableFuture<Void> running = CompletableFuture.runAsync(collector::run);
      assertThat(removing.await(1, TimeUnit.MINUTES)).isTrue();
      service.offer(TestRecords.bytes(TestRecords.span(7)), 1);
      service.move();

      await().atMost(Duration.ofMinutes(1)).until(() -> store.spans() == 1);

      collector.stop();
      assertThat(running).succeedsWithin(1, TimeUnit.MINUTES);
      enough.countDown();
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void storeThatNeedsHelp_endsTheCollector() throws Exception {
    StoreException damaged = new StoreException(StoreException.Kind.CORRUPT, "damaged", null);
    Store store =
        new RemovingStore(
            () -> {
              throw damaged;
            });
    try (Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.keep(DAYS);
      assertThatThrownBy(collector::run).isSameAs(damaged);
    }
  }

  @Test
  void errorOfAStep_endsTheCollector() throws Exception {
    Error broken = new OutOfMemoryError("Java heap space");
    Store store =
        new RemovingStore(
            () -> {
              throw broken;
            });
    try (Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.keep(DAYS);
      assertThatThrownBy(collector::run).isSameAs(broken);
    }
  }

  private interface Step {
    Removal take();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private record RemovingStore(InMemoryStore memory, Step step) implements Store, Remover {
    RemovingStore(Step step) {
      this(new InMemoryStore(), step);
    }

    int spans() {
      return memory.reader().spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 0)).size();
    }

    @Override
    public Optional<Remover> remover() {
      return Optional.of(this);
    }

    @Override
    public Removal removeOlder(Cutoff before) {
      return step.take();
    }

    @Override
    public Removal removeOldest(long nowEpochNanos, long mostBytes) {
      return step.take();
    }

    @Override
    public StoreWriter writer() {
      return memory.writer();
    }

    @Override
    public StoreReader reader() {
      return memory.reader();
    }

    @Override
    public Health check() {
      return memory.check();
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
