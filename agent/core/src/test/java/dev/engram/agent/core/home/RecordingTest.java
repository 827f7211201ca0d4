package dev.engram.agent.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.core.writer.QueueSettings;
import dev.engram.agent.core.writer.TimeSource;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final long QUEUE_BLOCK = 4 << 20;

  @TempDir Path temporary;
  private Recording recording;

  @AfterEach
  void stop() {
    if (recording != null) {
      recording.stop();
    }
  }

  @Test
  void start_withoutRecords_createsNothing() {
    start(1 << 20);
    recording.stop();

    assertThat(home()).doesNotExist();
    assertThat(offer(1, Worth.ORDINARY, 100)).isFalse();
  }

  @Test
  void quietService_isOpenAfterASecond() {
    AtomicLong opened = new AtomicLong();
    start(1 << 20);
    recording.onOpen(opened::incrementAndGet);

    await().atMost(DRAIN).until(() -> opened.get() == 1);

    assertThat(offer(1, Worth.ORDINARY, 100)).isTrue();
  }

  @Test
  void serviceOfWhichNothingIsWanted_makesNothing_untilSomethingIs() {
    AtomicLong waits = new AtomicLong();
    AtomicBoolean wanted = new AtomicBoolean();
    start(1 << 20);
    recording.onWait(waits::incrementAndGet, wanted::get);

    await().atMost(DRAIN).until(() -> waits.get() >= 4);
    assertThat(home()).doesNotExist();

    wanted.set(true);
    await().atMost(DRAIN).until(() -> Files.exists(HomeLayout.instances(home())));
  }

  @Test
  void whatIsSaidOfTheAgent_isReplacedWhole_andHarmsNothing() throws Exception {
    start(1 << 20);
    recording.describeAgent("too early");
    assertThat(offer(1, Worth.ORDINARY, 64)).isTrue();
    Path folder = InstanceReader.only(home());
    recording.describeAgent("first");
    recording.describeAgent("second");

    Path file = folder.resolve(HomeLayout.AGENT_FILE);
    assertThat(file).hasContent("second");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(it -> it.getFileName().toString().startsWith("."));
    }
    removeTree(home());
    recording.describeAgent("nobody is there");
    assertThat(home()).doesNotExist();
  }

  @Test
  void firstRecord_createsAPrivateLockedFolder() throws Exception {
    start(1 << 20);

    assertThat(offer(1, Worth.ORDINARY, 100)).isTrue();

    Path folder = InstanceReader.only(home());
    assertThat(folder.getFileName().toString()).startsWith("check-out@");
    assertThat(permissions(home())).isEqualTo("rwx------");
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve(HomeLayout.RING))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve(HomeLayout.INSTANCE_FILE))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve(HomeLayout.INSTANCE_LOCK))).isEqualTo("rw-------");
    assertThat(folder.resolve(HomeLayout.QUEUE)).doesNotExist();
    RingHeader header = new InstanceReader(folder).header();
    assertThat(header.hasMagic()).isTrue();
    assertThat(folder.getFileName().toString()).endsWith("@" + header.instance());
    assertThat(header.state()).isEqualTo(RingLayout.STATE_RUNNING);
    assertSaysWhereItIs(folder);
    assertIsLocked(folder);
  }

  private static void assertSaysWhereItIs(Path folder) {
    HostIdentity here = HostIdentity.current();
    assertThat(folder.resolve(HomeLayout.INSTANCE_FILE))
        .content()
        .contains("\"host\": \"" + here.host() + "\"", "\"boot_id\": \"" + here.bootId() + "\"")
        .contains("\"pid_namespace\": \"" + here.pidNamespace() + "\"")
        .contains("\"pid\": " + ProcessHandle.current().pid() + ",");
  }

  /** Closing the channel gives the lock up, so that nothing may come after this. */
  private static void assertIsLocked(Path folder) throws IOException {
    try (FileChannel lock =
        FileChannel.open(folder.resolve(HomeLayout.INSTANCE_LOCK), StandardOpenOption.WRITE)) {
      assertThatThrownBy(lock::tryLock).isInstanceOf(OverlappingFileLockException.class);
    }
  }

  @Test
  void shortLife_leavesItsRecordsInTheRing() throws Exception {
    start(1 << 20);
    for (int i = 0; i < 100; i++) {
      assertThat(offer(i, Worth.ORDINARY, 64)).isTrue();
    }

    recording.stop();

    Path folder = InstanceReader.only(home());
    InstanceReader left = new InstanceReader(folder);
    assertThat(folder.resolve(HomeLayout.QUEUE)).doesNotExist();
    assertThat(left.header().state()).isEqualTo(RingLayout.STATE_STOPPED);
    assertThat(left.inRing(List.of())).hasSize(100);
    assertThat(left.header().offered()).isEqualTo(100);
  }

  @Test
  void stop_movesEverythingToTheQueue() throws Exception {
    start(1 << 20);
    offerUntilQueued();
    for (int i = 0; i < 1_000; i++) {
      assertThat(offer(i, Worth.ORDINARY, 200)).isTrue();
    }

    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    List<ReadRecord> queued = left.queued();
    assertThat(left.inRing(queued)).isEmpty();
    assertThat(left.header().state()).isEqualTo(RingLayout.STATE_STOPPED);
    assertThat(queued).hasSize((int) left.header().offered());
    assertContinuous(queued);
    assertThat(permissions(onlyQueueFile())).isEqualTo("rw-------");
  }

  /** From one byte to the largest, so many that each of them comes to the ring's end. */
  @ParameterizedTest
  @ValueSource(ints = {64 << 10, 1 << 20, 8 << 20})
  void recordOfAnyLength_isQueuedAsItIs(int ringCapacity) throws Exception {
    start(ringCapacity);
    offerUntilQueued();
    int largest = recording.maxRecordLength();
    int[] lengths = {1, 7, 8, 9, 255, 256, 257, largest - 1, largest};
    Random random = new Random(ringCapacity);
    List<byte[]> offered = new ArrayList<>();
    for (long bytes = 0; bytes < 3L * ringCapacity; ) {
      byte[] record = new byte[lengths[offered.size() % lengths.length]];
      random.nextBytes(record);
      await().atMost(DRAIN).pollInterval(Duration.ofMillis(1)).until(() -> offer(record));
      offered.add(record);
      bytes += record.length;
    }
    assertThat(offer(new byte[largest + 1])).isFalse();
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    List<ReadRecord> queued = left.queued();
    assertThat(left.header().shed(ShedReason.TOO_LARGE)).isEqualTo(1);
    assertThat(queued).hasSize(offered.size() + 1);
    for (int i = 0; i < offered.size(); i++) {
      assertThat(queued.get(i + 1).bytes()).isEqualTo(offered.get(i));
    }
  }

  @Test
  void recordAfterStop_staysInTheRing() throws Exception {
    start(1 << 20);
    offerUntilQueued();
    recording.stop();

    assertThat(offer(7, Worth.RESERVED, 64)).isTrue();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    assertThat(left.inRing(left.queued())).singleElement().matches(r -> r.bytes().length == 64);
  }

  @Test
  void manyProducers_loseNothingAndTheBooksAddUp() throws Exception {
    start(1 << 18);
    int producers = 8;
    int each = 20_000;
    AtomicLong accepted = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      int producer = p;
      threads.add(
          new Thread(
              () -> {
                UnsafeBuffer record = new UnsafeBuffer(new byte[512]);
                for (int i = 0; i < each; i++) {
                  int length = 16 + (i * 31 + producer) % 400;
                  record.putInt(0, producer);
                  record.putInt(4, i);
                  Worth worth = i % 4 == 0 ? Worth.RESERVED : Worth.ORDINARY;
                  if (recording.offer(RecordKind.SPAN, worth, record, 0, length)) {
                    accepted.incrementAndGet();
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    List<ReadRecord> queued = left.queued();
    List<ReadRecord> all = new ArrayList<>(queued);
    all.addAll(left.inRing(queued));
    assertContinuous(queued);
    assertThat(all).hasSize(accepted.intValue());
    assertThat(distinct(all)).hasSize(all.size());
    assertThat(left.header().offered()).isEqualTo((long) producers * each);
    assertThat(left.header().answered()).isEqualTo(left.header().offered());
    assertThat(left.header().offered()).isEqualTo(all.size() + left.shed());
    assertThat(left.header().queued()).isEqualTo(queued.size());
  }

  @Test
  void roll_beginsANewFileAndNothingIsLost() throws Exception {
    ShiftedTime time = new ShiftedTime();
    recording = Recording.start(settings(1 << 20, 1L << 30), "check out", time);
    offerUntilQueued();
    long before = recording.roll();

    time.nanosAhead.addAndGet(Duration.ofMinutes(6).toNanos());
    await().atMost(DRAIN).until(() -> offer(1, Worth.ORDINARY, 64) && recording.roll() > before);
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    assertThat(queueFiles()).hasSizeGreaterThan(1);
    assertThat(left.queued()).hasSize((int) left.header().offered());
    assertContinuous(left.queued());
  }

  @Test
  void wallClockJump_neitherRollsNorStops() throws Exception {
    ShiftedTime time = new ShiftedTime();
    recording = Recording.start(settings(1 << 20, 1L << 30), "check out", time);
    offerUntilQueued();

    for (long jump : new long[] {-Duration.ofDays(2).toMillis(), Duration.ofDays(4).toMillis()}) {
      time.millisAhead.addAndGet(jump);
      long wall = time.epochMillis();
      RingHeader header = new InstanceReader(InstanceReader.only(home())).header();
      await().atMost(DRAIN).until(() -> Math.abs(header.heartbeatEpochMillis() - wall) < 60_000);
      assertThat(offer(1, Worth.ORDINARY, 64)).isTrue();
    }
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    assertThat(recording.roll()).isZero();
    assertThat(left.queued()).hasSize((int) left.header().offered());
  }

  @Test
  void wallClockJump_leavesRollsAndOrderAsTheyAre() throws Exception {
    ShiftedTime time = new ShiftedTime();
    recording = Recording.start(settings(1 << 20, 1L << 30), "check out", time);
    offerUntilQueued();

    int last = 0;
    for (long jump : new long[] {-Duration.ofDays(2).toMillis(), Duration.ofDays(4).toMillis()}) {
      time.millisAhead.addAndGet(jump);
      long rolls = recording.roll();
      time.nanosAhead.addAndGet(Duration.ofMinutes(6).toNanos());
      for (int i = 0; i < 100; i++) {
        assertThat(offer(++last, Worth.ORDINARY, 64)).isTrue();
      }
      await().atMost(DRAIN).until(() -> recording.roll() == rolls + 1);
    }
    recording.stop();

    List<ReadRecord> queued = new InstanceReader(InstanceReader.only(home())).queued();
    assertContinuous(queued);
    assertThat(queued.stream().map(record -> new UnsafeBuffer(record.bytes()).getInt(0)))
        .hasSize(last + 1)
        .isSorted();
    assertThat(queueFiles()).hasSize(3);
  }

  @Test
  void beat_callsTheHookAndRaisesTheHeartbeat() throws Exception {
    start(1 << 20);
    AtomicLong beats = new AtomicLong();
    recording.onBeat(
        () -> {
          beats.incrementAndGet();
          throw new IllegalStateException("a hook that fails");
        });
    assertThat(offer(1, Worth.ORDINARY, 64)).isTrue();
    RingHeader header = new InstanceReader(InstanceReader.only(home())).header();
    long first = header.heartbeatEpochMillis();

    await().atMost(DRAIN).until(() -> beats.get() >= 2);

    assertThat(header.heartbeatEpochMillis()).isGreaterThan(first);
    assertThat(offer(2, Worth.ORDINARY, 64)).isTrue();
  }

  @Test
  void failed_isCountedBeforeAndAfterTheRingIsThere() throws Exception {
    start(1 << 20);
    recording.failed();
    assertThat(offer(1, Worth.ORDINARY, 64)).isTrue();
    recording.failed();
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    assertThat(left.header().offered()).isEqualTo(3);
    assertThat(left.header().answered()).isEqualTo(3);
    assertThat(left.shed()).isEqualTo(2);
  }

  @Test
  void removedFolder_endsRecordingAndNothingElse() throws Exception {
    start(1 << 20);
    offerUntilQueued();
    removeTree(home());

    await().atMost(DRAIN).until(() -> !offer(1, Worth.RESERVED, 64));

    assertThat(home()).doesNotExist();
    recording.stop();
  }

  @Test
  void fullQueue_shedsOrdinaryRecordsThenRemovesOldestFiles() throws Exception {
    recording = Recording.start(settings(1 << 20, 16L << 20), "check out", TimeSource.SYSTEM);
    offerUntilQueued();
    RingHeader header = new InstanceReader(InstanceReader.only(home())).header();

    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (int i = 0; i < 100; i++) {
                offer(1, Worth.RESERVED, 4_000);
              }
              return header.queueDropped() > 0;
            });
    long shedBefore = header.writerShed(ShedReason.QUEUE_NEAR_FULL);
    await().atMost(DRAIN).until(() -> offer(2, Worth.ORDINARY, 100));
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    List<ReadRecord> read = left.queued();
    assertThat(header.writerShed(ShedReason.QUEUE_NEAR_FULL)).isEqualTo(shedBefore + 1);
    assertThat(header.queued()).isEqualTo(read.size() + header.queueDropped());
    assertThat(header.queueDropped(RecordKind.SPAN.code())).isEqualTo(header.queueDropped());
    assertThat(read.get(0).number()).isEqualTo(header.queueDropped() + 1);
    assertThat(header.offered()).isEqualTo(header.queued() + left.shed());
  }

  /** Beyond its limit it may be by the file that is written, and by what a look may miss. */
  @Test
  void fullQueue_staysWithinItsLimitOnDisk() throws Exception {
    long maxBytes = 64L << 20;
    long file = maxBytes / 16 + QUEUE_BLOCK;
    recording = Recording.start(settings(1 << 20, maxBytes), "check out", TimeSource.SYSTEM);
    offerUntilQueued();
    RingHeader header = new InstanceReader(InstanceReader.only(home())).header();

    long offered = 0;
    while (offered < 3 * maxBytes) {
      for (int i = 0; i < 200; i++) {
        offered += offer(i, Worth.RESERVED, 16_000) ? 16_000 : 0;
      }
      assertThat(queueBytesOnDisk()).isLessThanOrEqualTo(maxBytes + file);
    }
    recording.stop();

    assertThat(header.queueDropped() * 16_000).isGreaterThan(maxBytes);
    assertThat(queueBytesOnDisk()).isGreaterThan(maxBytes / 2).isLessThanOrEqualTo(maxBytes + file);
  }

  @Test
  @Tag("full")
  void fiveThousandThreadsAtOnce_areAllAnsweredAndCounted() throws Exception {
    int count = 5_000;
    int each = 20;
    start(1 << 20);
    offerUntilQueued();
    CountDownLatch ready = new CountDownLatch(count);
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong accepted = new AtomicLong(1);
    Runnable producer =
        () -> {
          ready.countDown();
          awaitUninterrupted(go);
          for (int i = 0; i < each; i++) {
            Worth worth = i % 4 == 0 ? Worth.RESERVED : Worth.ORDINARY;
            accepted.addAndGet(offer(i, worth, 200) ? 1 : 0);
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(new Thread(null, producer, "producer", 128 << 10));
    }
    threads.forEach(Thread::start);
    ready.await();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home()));
    List<ReadRecord> queued = left.queued();
    long offered = 1L + count * each;
    assertContinuous(queued);
    assertThat(queued.size() + left.inRing(queued).size()).isEqualTo(accepted.intValue());
    assertThat(left.header().offered()).isEqualTo(offered).isEqualTo(left.header().answered());
    assertThat(left.shed()).isEqualTo(offered - accepted.get());
  }

  @Test
  void recordLeftHalfWritten_isSaidOnce() throws Exception {
    ShiftedTime time = new ShiftedTime();
    recording = Recording.start(settings(1 << 20, 1L << 30), "check out", time);
    offerUntilQueued();
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream replaced = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setErr(replaced);
      claimAndDie(InstanceReader.only(home()).resolve(HomeLayout.RING));
      await()
          .atMost(DRAIN)
          .until(
              () -> {
                time.nanosAhead.addAndGet(Duration.ofSeconds(1).toNanos());
                return offer(1, Worth.ORDINARY, 64) && printed.size() > 0;
              });
      time.nanosAhead.addAndGet(Duration.ofMinutes(30).toNanos());
      recording.stop();
    } finally {
      System.setErr(before);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("engram: a record in ")
        .endsWith("was left half written: restart the service to remember");
  }

  @Test
  void writerWithoutMemory_goesOnWhenThereIsSomeAgain() throws Exception {
    ShiftedTime time = new ShiftedTime();
    recording = Recording.start(settings(1 << 20, 1L << 30), "check out", time);
    offerUntilQueued();

    time.failures.set(50);
    for (int i = 0; i < 10; i++) {
      assertThat(offer(i, Worth.ORDINARY, 64)).isTrue();
    }
    RingHeader header = new InstanceReader(InstanceReader.only(home())).header();
    await().atMost(Duration.ofSeconds(60)).until(() -> header.queued() == 11);

    assertThat(time.failures).hasValue(0);
    recording.stop();
    assertContinuous(new InstanceReader(InstanceReader.only(home())).queued());
  }

  /** What a thread leaves behind that dies between claim and commit. */
  private static void claimAndDie(Path ring) throws IOException {
    try (FileChannel file =
        FileChannel.open(ring, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer bytes = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
      int offset = RingLayout.RING_OFFSET;
      ManyToOneRingBuffer messages =
          new ManyToOneRingBuffer(new UnsafeBuffer(bytes, offset, bytes.capacity() - offset));
      assertThat(messages.tryClaim(RingLayout.typeId(RecordKind.SPAN.code(), false), 64))
          .isPositive();
    }
  }

  private void start(int ringCapacity) {
    recording = Recording.start(settings(ringCapacity, 1L << 30), "check out", TimeSource.SYSTEM);
  }

  private RecordingSettings settings(int ringCapacity, long maxBytes) {
    QueueSettings queue =
        new QueueSettings(Duration.ofMinutes(5), maxBytes, Duration.ZERO, 1 << 20, DRAIN);
    return new RecordingSettings(home(), ringCapacity, queue, "", "", List.of());
  }

  private Path home() {
    return temporary.resolve("home");
  }

  private boolean offer(int value, Worth worth, int length) {
    UnsafeBuffer record = new UnsafeBuffer(new byte[length]);
    record.putInt(0, value);
    return recording.offer(RecordKind.SPAN, worth, record, 0, length);
  }

  private boolean offer(byte[] record) {
    UnsafeBuffer bytes = new UnsafeBuffer(record);
    return recording.offer(RecordKind.SPAN, Worth.RESERVED, bytes, 0, record.length);
  }

  private void offerUntilQueued() throws IOException {
    assertThat(offer(0, Worth.ORDINARY, 64)).isTrue();
    RingHeader header = new InstanceReader(InstanceReader.only(home())).header();
    await().atMost(Duration.ofSeconds(20)).until(() -> header.queued() == 1);
  }

  private static void assertContinuous(List<ReadRecord> queued) {
    long number = 0;
    long through = 0;
    for (ReadRecord record : queued) {
      assertThat(record.number()).isEqualTo(++number);
      assertThat(record.position()).isGreaterThanOrEqualTo(through);
      through = record.through();
    }
  }

  private static Set<Long> distinct(List<ReadRecord> records) {
    Set<Long> distinct = new HashSet<>();
    records.forEach(record -> distinct.add(ByteBuffer.wrap(record.bytes()).getLong(0)));
    return distinct;
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Path onlyQueueFile() throws IOException {
    return queueFiles().get(0);
  }

  private List<Path> queueFiles() throws IOException {
    Path queue = InstanceReader.only(home()).resolve(HomeLayout.QUEUE);
    try (Stream<Path> files = Files.list(queue)) {
      return files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
    }
  }

  /** Blocks, not lengths: the files have holes. */
  private long queueBytesOnDisk() throws IOException, InterruptedException {
    Path queue = InstanceReader.only(home()).resolve(HomeLayout.QUEUE);
    Process du =
        new ProcessBuilder("du", "-sk", queue.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    du.waitFor();
    return Long.parseLong(line.substring(0, line.indexOf('\t'))) << 10;
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException unwanted) {
      throw new AssertionError(unwanted);
    }
  }

  private static void removeTree(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The machine's time, moved at will, or without the memory to tell it. */
  private static final class ShiftedTime implements TimeSource {
    final AtomicLong nanosAhead = new AtomicLong();
    final AtomicLong millisAhead = new AtomicLong();
    final AtomicLong failures = new AtomicLong();

    @Override
    public long nanoTime() {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new OutOfMemoryError("wanted by the test");
      }
      return System.nanoTime() + nanosAhead.get();
    }

    @Override
    public long epochMillis() {
      return System.currentTimeMillis() + millisAhead.get();
    }
  }
}
