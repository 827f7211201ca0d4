package dev.engram.agent.core.home;

import static dev.engram.agent.core.home.RecordedHome.DRAIN;
import static dev.engram.agent.core.home.RecordedHome.assertContinuous;
import static dev.engram.agent.core.home.RecordedHome.permissions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is offered lies in ring or queue as it was, or is counted. */
class RecordedRecordsTest {
  @RegisterExtension final RecordedHome home = new RecordedHome();

  @Test
  void shortLife_leavesItsRecordsInTheRing() throws Exception {
    Recording recording = home.startWithoutTime();
    for (int i = 0; i < 100; i++) {
      assertThat(home.offer(i, Worth.ORDINARY, 64)).isTrue();
    }

    recording.stop();

    Path folder = InstanceReader.only(home.path());
    InstanceReader left = new InstanceReader(folder);
    assertThat(folder.resolve(HomeLayout.QUEUE)).doesNotExist();
    assertThat(left.header().state()).isEqualTo(RingLayout.STATE_STOPPED);
    assertThat(left.inRing(List.of())).hasSize(100);
    assertThat(left.header().offered()).isEqualTo(100);
  }

  @Test
  void stop_movesEverythingToTheQueue() throws Exception {
    Recording recording = home.start(1 << 20);
    home.offerUntilQueued();
    for (int i = 0; i < 1_000; i++) {
      assertThat(home.offer(i, Worth.ORDINARY, 200)).isTrue();
    }

    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
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
    Recording recording = home.start(ringCapacity);
    home.offerUntilQueued();
    int largest = recording.maxRecordLength();
    int[] lengths = {1, 7, 8, 9, 255, 256, 257, largest - 1, largest};
    Random random = new Random(ringCapacity);
    List<byte[]> offered = new ArrayList<>();
    for (long bytes = 0; bytes < 3L * ringCapacity; ) {
      byte[] record = new byte[lengths[offered.size() % lengths.length]];
      random.nextBytes(record);
      await().atMost(DRAIN).pollInterval(Duration.ofMillis(1)).until(() -> home.offer(record));
      offered.add(record);
      bytes += record.length;
    }
    assertThat(home.offer(new byte[largest + 1])).isFalse();
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
    List<ReadRecord> queued = left.queued();
    assertThat(left.header().shed(ShedReason.TOO_LARGE)).isEqualTo(1);
    assertThat(queued).hasSize(offered.size() + 1);
    for (int i = 0; i < offered.size(); i++) {
      assertThat(queued.get(i + 1).bytes()).isEqualTo(offered.get(i));
    }
  }

  @Test
  void recordAfterStop_staysInTheRing() throws Exception {
    Recording recording = home.start(1 << 20);
    home.offerUntilQueued();
    recording.stop();

    assertThat(home.offer(7, Worth.RESERVED, 64)).isTrue();

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
    assertThat(left.inRing(left.queued())).singleElement().matches(r -> r.bytes().length == 64);
  }

  @Test
  void manyProducers_loseNothingAndTheBooksAddUp() throws Exception {
    Recording recording = home.start(1 << 18);
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

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
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
  void failed_isCountedBeforeAndAfterTheRingIsThere() throws Exception {
    Recording recording = home.start(1 << 20);
    recording.failed();
    assertThat(home.offer(1, Worth.ORDINARY, 64)).isTrue();
    recording.failed();
    recording.stop();

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
    assertThat(left.header().offered()).isEqualTo(3);
    assertThat(left.header().answered()).isEqualTo(3);
    assertThat(left.shed()).isEqualTo(2);
  }

  @Test
  @Tag("full")
  void fiveThousandThreadsAtOnce_areAllAnsweredAndCounted() throws Exception {
    int count = 5_000;
    int each = 20;
    Recording recording = home.start(1 << 20);
    home.offerUntilQueued();
    CountDownLatch ready = new CountDownLatch(count);
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong accepted = new AtomicLong(1);
    Runnable producer =
        () -> {
          ready.countDown();
          awaitUninterrupted(go);
          for (int i = 0; i < each; i++) {
            Worth worth = i % 4 == 0 ? Worth.RESERVED : Worth.ORDINARY;
            accepted.addAndGet(home.offer(i, worth, 200) ? 1 : 0);
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

    InstanceReader left = new InstanceReader(InstanceReader.only(home.path()));
    List<ReadRecord> queued = left.queued();
    long offered = 1L + count * each;
    assertContinuous(queued);
    assertThat(queued.size() + left.inRing(queued).size()).isEqualTo(accepted.intValue());
    assertThat(left.header().offered()).isEqualTo(offered).isEqualTo(left.header().answered());
    assertThat(left.shed()).isEqualTo(offered - accepted.get());
  }

  private static Set<Long> distinct(List<ReadRecord> records) {
    Set<Long> distinct = new HashSet<>();
    records.forEach(record -> distinct.add(ByteBuffer.wrap(record.bytes()).getLong(0)));
    return distinct;
  }

  private Path onlyQueueFile() throws IOException {
    return home.queueFiles().get(0);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException unwanted) {
      throw new AssertionError(unwanted);
    }
  }
}
