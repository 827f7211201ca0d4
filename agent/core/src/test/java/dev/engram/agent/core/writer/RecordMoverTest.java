package dev.engram.agent.core.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordMoverTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final List<Long> numbers = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private final Ring ring = ring();
  private long nanos;
  private volatile int syncs;
  private volatile boolean closed;
  private boolean measurable = true;

  @Test
  void move_failureAfterTheAppend_appendsNothingTwice() throws Exception {
    RecordMover mover = open(Duration.ZERO);
    offer(3);
    ring.drain(mover, 1);
    measurable = false;
    assertThatThrownBy(() -> ring.drain(mover, 1)).isInstanceOf(OutOfMemoryError.class);
    measurable = true;
    mover.close();
    mover.open();

    ring.drain(mover, 10);

    assertThat(ring.size()).isZero();
    assertThat(numbers).containsExactly(1L, 2L, 3L);
    assertThat(positions).doesNotHaveDuplicates();
    assertThat(ring.header().queued()).isEqualTo(3);
  }

  @Test
  void sync_isDueOnceAnInterval_beforeTheNextFile_andAtTheEnd() throws Exception {
    RecordMover mover = open(SECOND);
    offer(1);
    ring.drain(mover, 1);
    mover.syncIfDue();
    assertThat(syncs).isZero();

    nanos += SECOND.toNanos();
    mover.syncIfDue();
    mover.syncIfDue();
    assertThat(syncs).isEqualTo(1);

    nanos += Duration.ofMinutes(5).toNanos();
    offer(1);
    ring.drain(mover, 1);
    assertThat(syncs).as("before the roll").isEqualTo(2);

    mover.close();
    assertThat(syncs).as("at the end").isEqualTo(3);
    assertThat(closed).isTrue();
  }

  @Test
  void sync_thatIsNotWanted_neverWaitsForTheDisk() throws Exception {
    RecordMover mover = open(Duration.ZERO);
    offer(1);
    ring.drain(mover, 1);
    nanos += Duration.ofMinutes(5).toNanos();
    mover.syncIfDue();
    offer(1);
    ring.drain(mover, 1);
    mover.close();

    assertThat(numbers).hasSize(2);
    assertThat(syncs).isZero();
  }

  @Test
  void writer_syncsWhileItRuns() throws Exception {
    Files.createFile(folder.resolve(HomeLayout.RING));
    QueueSettings settings = settings(Duration.ofMillis(1));
    QueueWriter writer =
        new QueueWriter(
            folder, ring, (queue, clock) -> new Queue(), settings, TimeSource.SYSTEM, () -> {});
    offer(1);
    Thread running = new Thread(writer::run);
    running.start();
    await().atMost(Duration.ofMinutes(1)).until(() -> syncs >= 2);
    writer.stop();
    running.join();

    assertThat(closed).isTrue();
  }

  private RecordMover open(Duration syncInterval) throws Exception {
    TimeSource time =
        new TimeSource() {
          @Override
          public long nanoTime() {
            return nanos;
          }

          @Override
          public long epochMillis() {
            return 0;
          }
        };
    RecordMover mover =
        new RecordMover(
            folder,
            ring,
            (queue, clock) -> new Queue(),
            settings(syncInterval),
            time,
            new Complaints(time));
    mover.open();
    return mover;
  }

  private static QueueSettings settings(Duration syncInterval) {
    return new QueueSettings(Duration.ofMinutes(5), 1L << 30, syncInterval, 0, Duration.ZERO);
  }

  private void offer(int records) {
    UnsafeBuffer record = new UnsafeBuffer(new byte[64]);
    for (int i = 0; i < records; i++) {
      assertThat(ring.offer(RecordKind.SPAN, Worth.RESERVED, record, 0, 64)).isTrue();
    }
  }

  private static Ring ring() {
    int capacity = 64 << 10;
    UnsafeBuffer file =
        new UnsafeBuffer(ByteBuffer.allocateDirect((int) RingLayout.fileLength(capacity)));
    new RingHeader(file).initialize(new UUID(1, 2), capacity, 0);
    return new Ring(file);
  }

  private final class Queue implements RecordQueue {
    @Override
    public void append(
        long position, long number, int kindCode, DirectBuffer buffer, int index, int length) {
      positions.add(position);
      numbers.add(number);
    }

    @Override
    public File file() {
      return folder.resolve("file").toFile();
    }

    @Override
    public long fileBytes() {
      if (!measurable) {
        throw new OutOfMemoryError("wanted by the test");
      }
      return 1;
    }

    @Override
    public void refresh() {}

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // has one writer
    public void sync() {
      syncs++;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
