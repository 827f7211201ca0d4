package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.record.StackFrame;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceState;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
  /** Where Chronicle Queue's description of a file holds its data format. */
  private static final int DATA_FORMAT_OFFSET = 196;

  private static final Period ALWAYS = new Period(0, Long.MAX_VALUE);

  @TempDir Path home;
  private final InMemoryStore store = new InMemoryStore();
  private final List<String> lines = new ArrayList<>();
  private ServiceFolder service;

  @AfterEach
  void closeService() throws IOException {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void runOnce_liveInstance_storesTheQueueAndLeavesTheFolder() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 100);
    service.move(60);

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 60));
    assertThat(service.path).exists();
    Accounting books = books();
    assertThat(books.producer().offered()).isEqualTo(100);
    assertThat(books.producer().queued()).isEqualTo(60);
    assertThat(books.producer().inRing()).isEqualTo(40);
    assertThat(books.read()).isEqualTo(60);
    assertThat(lines).isEmpty();
  }

  @Test
  void runOnce_deadInstance_storesQueueAndRingOnceAndRemovesTheFolder() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 100);
    service.move(60);
    collect();
    service.die();

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 100));
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
    assertSettled(books(), 100);
    assertThat(store.reader().instances().get(0).endedEpochNanos()).isPositive();
    assertThat(lines).isEmpty();
  }

  @Test
  void runOnce_shortLifeWithoutQueue_storesTheRing() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 20);
    service.stop();

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 20));
    assertSettled(books(), 20);
  }

  @Test
  void runOnce_manyCycles_storesAllAndRemovesWhatIsStored() throws Exception {
    service = new ServiceFolder(home);
    for (int cycle = 0; cycle < 4; cycle++) {
      offerSpans(cycle * 50 + 1, 50);
      service.move();
      service.roll();
    }

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 200));
    assertThat(service.cycleFiles()).hasSize(1);
    offerSpans(201, 50);
    service.move();
    collect();
    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 250));
  }

  @Test
  void runOnce_ringWrapsAround_storesEachRecordOnce() throws Exception {
    service = new ServiceFolder(home);
    for (int round = 0; round < 20; round++) {
      offerSpans(round * 200 + 1, 200);
      service.move(round == 19 ? 50 : 1000);
    }
    service.die();

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 4000));
    assertSettled(books(), 4000);
  }

  @Test
  void runOnce_killedBetweenAppendAndItsCount_countsTheRecordOnce() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 3);
    service.move(2);
    long third = service.header.queuedThrough();
    service.append(third, 3, 3, TestRecords.bytes(TestRecords.span(3)));
    collect();
    service.die();

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 3));
    assertSettled(books(), 3);
  }

  @Test
  void runOnce_claimOfAKilledProducer_isAbandoned() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 3);
    service.claimAndDie(120);
    offerSpans(4, 3);
    service.die();

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 6));
    Accounting books = books();
    assertThat(books.producer().abandoned()).isEqualTo(1);
    assertThat(books.producer().offered()).isEqualTo(7);
    assertThat(books.producer().written()).isEqualTo(6);
    assertThat(lines).isEmpty();
  }

  @Test
  void runOnce_recordThatWasCountedAndNeverWritten_isMissingInTheBooks() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 3);
    service.loseOne();
    service.die();

    collect();

    ProducerCounts counts = books().producer();
    assertThat(counts.offered()).isEqualTo(4);
    assertThat(counts.written()).isEqualTo(3);
    assertThat(counts.shed()).isEmpty();
    assertThat(counts.abandoned()).isZero();
  }

  @Test
  void runOnce_lossesOfARunningInstance_areNotedBetweenTwoLooks() throws Exception {
    SteppedClock clock = new SteppedClock(System.currentTimeMillis());
    long first = clock.epochNanos();
    Territory territory = Territory.ofThisHost();
    service = new ServiceFolder(home);
    try (Collector collector = Collector.open(home, territory, store, lines::add, clock)) {
      service.shed(ShedReason.RING_FULL, 3);
      collector.runOnce();
      clock.step();
      collector.runOnce();
      long second = clock.epochNanos();
      clock.step();
      service.shed(ShedReason.RING_FULL, 2);
      collector.runOnce();

      assertThat(store.reader().losses(ALWAYS))
          .extracting(Loss::service, Loss::term, Loss::reason, Loss::count, Loss::period)
          .containsExactly(
              tuple("shop", Loss.SHED, "ring_full", 3L, new Period(1_000, first)),
              tuple("shop", Loss.SHED, "ring_full", 2L, new Period(second, clock.epochNanos())));
    }
  }

  @Test
  void runOnce_lossesOfADeadInstance_areNotedUntilItsNextHeartbeatsWereMissed() throws Exception {
    service = new ServiceFolder(home);
    service.claimAndDie(120);
    offerSpans(1, 3);
    service.die();
    long heartbeat = service.header.heartbeatEpochMillis() * 1_000_000;
    long stale = heartbeat + InstanceFolder.STALE.toNanos();

    collect();

    assertThat(store.reader().losses(ALWAYS))
        .extracting(Loss::term, Loss::count, Loss::period)
        .containsExactly(tuple(Loss.ABANDONED, 1L, new Period(1_000, stale)));
  }

  @Test
  void runOnce_cyclesRemovedByTheWriter_areDropped() throws Exception {
    service = new ServiceFolder(home);
    for (int cycle = 0; cycle < 3; cycle++) {
      offerSpans(cycle * 10 + 1, 10);
      service.move();
      service.roll();
    }
    Files.delete(service.cycleFiles().get(1));
    service.die();

    collect();

    assertThat(storedSpans()).hasSize(20);
    assertThat(books().dropped()).containsOnly(Map.entry("queue_full", 10L));
    assertSettled(books(), 30);
  }

  @Test
  void runOnce_damagedCycleFile_storesTheRestAndKeepsTheFile() throws Exception {
    service = new ServiceFolder(home);
    for (int cycle = 0; cycle < 3; cycle++) {
      offerSpans(cycle * 10 + 1, 10);
      service.move();
      service.roll();
    }
    Path damaged = service.cycleFiles().get(1);
    flip(damaged, lengthHeaderOfExcerpt(damaged, 4));
    service.die();

    collect();

    assertThat(storedSpans()).containsAll(range(1, 10)).containsAll(range(21, 10));
    assertThat(storedSpans().size()).isBetween(20, 29);
    long lost = 30 - storedSpans().size();
    assertThat(books().dropped()).containsOnly(Map.entry("quarantined", lost));
    assertSettled(books(), 30);
    assertThat(quarantine().resolve(damaged.getFileName())).exists();
    assertThat(lines).singleElement().asString().contains("is damaged");
  }

  @Test
  void runOnce_killedWhileItKeepsADamagedRing_countsTheSameAgain() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 5);
    service.move();
    service.offer(brokenSpan(6), 3);
    offerSpans(7, 3);
    service.die();
    Consumer<String> killed =
        line -> {
          if (line.contains("is damaged")) {
            throw new AssertionError("killed at: " + line);
          }
        };
    Collector collector = Collector.open(home, Set.of(), store, killed);
    assertThatThrownBy(collector::runOnce).hasMessageContaining("ring is damaged");
    collector.close();

    collect();

    assertSettled(books(), 9);
    assertThat(books().malformed()).isEqualTo(1);
    assertThat(quarantine().resolve(HomeLayout.RING)).exists();
    assertThat(HomeLayout.instances(home)).isEmptyDirectory();
  }

  @Test
  void runOnce_fileThatIsNoQueue_isSetAside() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 10);
    service.move();
    service.die();
    Path foreign = service.cycleFiles().get(0);
    flip(foreign, 10);

    collect();

    assertThat(storedSpans()).isEmpty();
    assertThat(books().dropped()).containsOnly(Map.entry("quarantined", 10L));
    assertSettled(books(), 10);
    assertThat(quarantine().resolve(foreign.getFileName())).exists();
  }

  @Test
  void runOnce_recordWithABrokenChecksum_isMalformedAndKept() throws Exception {
    service = new ServiceFolder(home);
    service.offer(brokenSpan(1), 3);
    offerSpans(2, 5);
    service.move();

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(2, 5));
    assertThat(books().malformed()).isEqualTo(1);
    assertThat(books().read()).isEqualTo(6);
    Path kept = quarantine().resolve(Quarantine.RECORDS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(kept))
        .singleElement()
        .asString()
        .contains("\"record\"", service.instance.toString());
  }

  @Test
  void open_secondCollector_saysWhoServesTheHome() throws Exception {
    try (Collector first = Collector.open(home, Set.of(), store, lines::add)) {
      assertThatThrownBy(() -> Collector.open(home, Set.of(), store, lines::add))
          .isInstanceOf(HomeInUseException.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid())
          .hasMessageContaining("started 20");
    }
    try (Collector again = Collector.open(home, Set.of(), store, lines::add)) {
      assertThat(home.resolve(HomeLayout.COLLECTOR_FILE)).exists();
    }
    assertThat(home.resolve(HomeLayout.COLLECTOR_FILE)).doesNotExist();
  }

  @Test
  void exceptionWhoseStackWasSentBefore_hasTheSameFingerprint() throws Exception {
    service = new ServiceFolder(home);
    StackFrame top = new StackFrame("com.acme.Stock", "take", "Stock.java", 12);
    service.offer(TestRecords.bytes(TestRecords.exception(77, top)), 4);
    service.move();
    collect();
    service.offer(TestRecords.bytes(TestRecords.exception(77)), 4);
    service.move();

    collect();

    List<StoredException> stored =
        store.reader().exceptions(new ExceptionFilter(0, 0, null, 0, null, 10));
    assertThat(stored).hasSize(2);
    assertThat(stored.get(0).row().fingerprint())
        .isNotZero()
        .isEqualTo(stored.get(1).row().fingerprint());
  }

  @Test
  void exceptionWhoseStackIsNotKnown_isAGroupOfItsOwnThatCanBeFound() throws Exception {
    service = new ServiceFolder(home);
    service.offer(TestRecords.bytes(TestRecords.exception(77)), 4);
    service.move();

    collect();

    List<StoredException> stored =
        store.reader().exceptions(new ExceptionFilter(0, 0, null, 0, null, 10));
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0).row().fingerprint()).isNotZero();
    assertThat(store.reader().fingerprints("")).containsExactly(stored.get(0).row().fingerprint());
  }

  @Test
  void runOnce_serviceThatRecordsDuringEveryCommit_returns() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 10);
    service.move();
    AtomicLong last = new AtomicLong(10);
    StoreWriter writer =
        before(
            StoreWriter.class,
            store.writer(),
            "write",
            () -> {
              if (last.get() < 100) {
                offerSpans(last.incrementAndGet(), 1);
                service.move();
              }
            });

    try (Collector collector =
        Collector.open(home, Set.of(), with(writer, store.reader()), lines::add)) {
      collector.runOnce();
    }

    assertThat(last).hasValueLessThan(15);
    assertThat(storedSpans()).containsAll(range(1, 10));
  }

  @Test
  void runOnce_moreThanOneBatch_isStoredOnce_whicheverCommitFails() throws Exception {
    service = new ServiceFolder(home);
    int records = 2 * BatchDraft.MAX_EXCEPTIONS + 100;
    offerAndMoveExceptions(records);
    AtomicInteger commits = new AtomicInteger();
    StoreWriter writer =
        before(
            StoreWriter.class,
            store.writer(),
            "write",
            () -> {
              switch (commits.incrementAndGet()) {
                case 2 -> throw new StoreException(StoreException.Kind.OVERLOADED, "busy", null);
                case 3 -> throw new StoreException(StoreException.Kind.CORRUPT, "repair", null);
                default -> {}
              }
            });

    try (Collector collector =
        Collector.open(home, Set.of(), with(writer, store.reader()), lines::add)) {
      assertThatThrownBy(collector::runOnce).hasMessage("repair");
    }
    assertThat(books().read()).isEqualTo(BatchDraft.MAX_EXCEPTIONS);
    collect();

    assertThat(store.reader().exceptions(new ExceptionFilter(0, 0, null, 0, null, 0)))
        .extracting(stored -> stored.row().position())
        .hasSize(records)
        .doesNotHaveDuplicates();
    assertThat(books().read()).isEqualTo(records);
    assertThat(books().duplicate()).isZero();
  }

  @Test
  void runOnce_storeThatCannotAnswerForAMoment_isAskedAgain() throws Exception {
    service = new ServiceFolder(home);
    service.offer(TestRecords.bytes(TestRecords.exception(77)), 4);
    service.move();
    AtomicInteger asked = new AtomicInteger();
    StoreReader reader =
        before(
            StoreReader.class,
            store.reader(),
            "frames",
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new StoreException(StoreException.Kind.OVERLOADED, "ask again", null);
              }
            });

    try (Collector collector =
        Collector.open(home, Set.of(), with(store.writer(), reader), lines::add)) {
      collector.runOnce();
      collector.runOnce();
    }

    assertThat(asked).hasValue(2);
    assertThat(books().stored()).isEqualTo(1);
    assertThat(lines).singleElement().asString().contains("tried again");
  }

  @Test
  void runOnce_storeThatStaysAway_givesUpAndLosesNothing() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 5);
    service.move();
    service.die();
    StoreWriter full =
        before(
            StoreWriter.class,
            store.writer(),
            "write",
            () -> {
              throw new StoreException(StoreException.Kind.UNAVAILABLE, "free some space", null);
            });

    try (Collector collector =
        Collector.open(home, Set.of(), with(full, store.reader()), lines::add)) {
      assertThatThrownBy(() -> collector.runOnce(Duration.ofMillis(100)))
          .isInstanceOf(StoreException.class)
          .hasMessage("free some space");
    }
    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 5));
    assertSettled(books(), 5);
  }

  @Test
  void liveCounts_needNoCollector() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 10);
    service.move(4);

    assertThat(new LiveCounts(home, store.reader()).producerCounts())
        .hasEntrySatisfying(
            InstanceFolder.read(service.path).description().running(),
            counts -> {
              assertThat(counts.offered()).isEqualTo(10);
              assertThat(counts.inQueue()).isEqualTo(4);
              assertThat(counts.inRing()).isEqualTo(6);
            });
  }

  @Test
  void liveCounts_ofAnInstanceThatIsGone_sayHowItWent() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 2);
    assertThat(present().state()).isEqualTo(InstanceState.RUNNING);

    service.die();

    assertThat(present().service()).isEqualTo("shop");
    assertThat(present().state()).isEqualTo(InstanceState.KILLED);
    collect();
    assertThat(stored().state()).isEqualTo(InstanceState.KILLED);
  }

  @Test
  void liveCounts_ofAStoppedInstance_sayThatItWaits() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 2);

    service.stop();

    assertThat(present().state()).isEqualTo(InstanceState.STOPPED);
    collect();
    assertThat(stored().state()).isEqualTo(InstanceState.ENDED);
    assertThat(stored().damage()).isNull();
  }

  @Test
  void runOnce_ringWhoseHeaderIsGone_keepsTheLastCountsAndSaysSo() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 10);
    service.move(4);
    collect();
    service.die();
    Path ring = service.path.resolve(HomeLayout.RING);
    Files.write(ring, new byte[7]);
    Path description = service.path.resolve(HomeLayout.INSTANCE_FILE);
    Files.setLastModifiedTime(description, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(present().state()).isEqualTo(InstanceState.DAMAGED);

    collect();

    assertThat(stored().state()).isEqualTo(InstanceState.DAMAGED);
    assertThat(stored().damage()).isEqualTo("the ring is cut");
    assertThat(books().producer().offered()).isEqualTo(10);
    assertThat(quarantine().resolve(HomeLayout.RING)).exists();
  }

  @Test
  void run_folderThatIsRemoved_closesItsBooksWithWhatWasKnown() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 100);
    service.move(60);
    try (Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      Thread running = new Thread(collector::run);
      running.start();
      await().until(() -> store.reader().accounting().containsKey(service.id()));
      await().until(() -> books().producer().offered() == 100 && books().read() == 60);
      PrivateFiles.remove(service.path);
      await().until(() -> store.reader().instances().get(0).endedEpochNanos() > 0);
      collector.stop();
      running.join();
    }

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 60));
    assertSettled(books(), 100);
    assertThat(books().dropped()).containsExactly(Map.entry("removed", 40L));
    assertThat(lines).singleElement().asString().contains("was removed: what was not read");
  }

  @Test
  void runOnce_recordsOfUnknownKinds_areRejectedByKindAndKept() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 3);
    service.offer(newerRecord(), 15);
    service.move();
    service.offer(newerRecord(), 15);
    service.die();

    collect();

    assertThat(storedSpans()).containsExactlyElementsOf(range(1, 3));
    assertSettled(books(), 5);
    assertThat(books().rejected()).isEqualTo(2);
    assertThat(books().malformed()).isZero();
    assertThat(quarantine().resolve(Quarantine.RECORDS)).content().contains("of kind 15 of record");
    assertThat(lines).hasSize(1).first().asString().contains("of kind 15 of record format 2");
  }

  @Test
  void runOnce_ringOfANewerLayout_storesTheQueueAndKeepsTheRing() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 10);
    service.move(4);
    service.ringLayout(RingLayout.VERSION + 1);
    byte[] ring = Files.readAllBytes(service.path.resolve(HomeLayout.RING));
    collect();
    assertThat(books().producer().queued()).isEqualTo(books().read()).isEqualTo(4);
    assertThat(lines).isEmpty();
    service.die();
    ServiceFolder other = new ServiceFolder(home);
    other.offer(TestRecords.span(20));
    other.stop();

    collect();

    assertThat(storedSpans()).containsExactly(1L, 2L, 3L, 4L, 20L);
    assertSettled(books(), 4);
    assertThat(lines).hasSize(1).first().asString().contains("has layout 2, which this version");
    byte[] kept = Files.readAllBytes(quarantine().resolve(HomeLayout.RING));
    assertThat(Arrays.copyOfRange(kept, 4096, kept.length))
        .isEqualTo(Arrays.copyOfRange(ring, 4096, ring.length));
  }

  @Test
  void runOnce_queueOfANewerFormat_keepsTheFileAndStoresTheOthers() throws Exception {
    service = new ServiceFolder(home);
    offerSpans(1, 10);
    service.move();
    offerSpans(11, 5);
    service.die();
    Path file = service.cycleFiles().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[DATA_FORMAT_OFFSET] = 2;
    Files.write(file, bytes);
    ServiceFolder other = new ServiceFolder(home);
    other.offer(TestRecords.span(20));
    other.stop();

    collect();

    assertThat(storedSpans()).containsExactly(11L, 12L, 13L, 14L, 15L, 20L);
    assertSettled(books(), 15);
    assertThat(books().dropped()).isEqualTo(Map.of("quarantined", 10L));
    assertThat(quarantine().resolve(file.getFileName())).hasBinaryContent(bytes);
    assertThat(lines).hasSize(1).first().asString().contains("of an unknown version");
  }

  private static byte[] newerRecord() {
    byte[] record = TestRecords.bytes(TestRecords.span(99));
    record[0] = 2;
    record[1] = 15;
    return TestRecords.sealed(record);
  }

  private Instance present() {
    return new LiveCounts(home, store.reader()).producerCounts().keySet().iterator().next();
  }

  private Instance stored() {
    return store.reader().instances().get(0);
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

  /** Stands still between its steps of 90 seconds. */
  private static final class SteppedClock extends Clock {
    private long millis;

    SteppedClock(long millis) {
      this.millis = millis;
    }

    void step() {
      millis += 90_000;
    }

    long epochNanos() {
      return millis * 1_000_000;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
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

  private void collect() throws IOException {
    try (Collector collector = Collector.open(home, Set.of(), store, lines::add)) {
      collector.runOnce();
    }
  }

  private void offerSpans(long first, int count) throws IOException {
    for (long id = first; id < first + count; id++) {
      assertThat(service.offer(TestRecords.span(id))).isTrue();
    }
  }

  private void offerAndMoveExceptions(int count) throws IOException {
    byte[] exception = TestRecords.bytes(TestRecords.exception(0));
    for (int i = 0; i < count; i++) {
      assertThat(service.offer(exception, 4)).isTrue();
      service.move();
    }
  }

  private static byte[] brokenSpan(long id) {
    byte[] broken = TestRecords.bytes(TestRecords.span(id));
    broken[broken.length - 1] ^= 1;
    return broken;
  }

  private List<Long> storedSpans() {
    return store
        .reader()
        .spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 100_000))
        .stream()
        .map(StoredSpan::row)
        .map(row -> row.spanId())
        .sorted()
        .toList();
  }

  private static List<Long> range(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }

  private Accounting books() {
    return store.reader().accounting().get(service.id());
  }

  private static void assertSettled(Accounting books, long offered) {
    long shed = books.producer().shed().values().stream().mapToLong(Long::longValue).sum();
    long dropped = books.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(books.producer().offered()).isEqualTo(offered);
    assertThat(books.producer().written() + shed + books.producer().abandoned()).isEqualTo(offered);
    assertThat(books.producer().written()).isEqualTo(books.producer().queued());
    assertThat(books.read() + dropped).isEqualTo(books.producer().queued());
    assertThat(books.producer().inQueue()).isZero();
    assertThat(books.decoded() + books.malformed()).isEqualTo(books.read());
  }

  private Path quarantine() {
    return home.resolve(HomeLayout.QUARANTINE).resolve(service.instance.toString());
  }

  private static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(offset);
      int before = bytes.read();
      bytes.seek(offset);
      bytes.write(before ^ 0x20);
    }
  }

  private static long lengthHeaderOfExcerpt(Path file, int excerpt) throws IOException {
    try (CycleFile cycle = new CycleFile(file)) {
      for (int i = 0; i < excerpt; i++) {
        assertThat(cycle.next()).isEqualTo(CycleFile.Step.EXCERPT);
      }
      return cycle.place();
    }
  }
}
