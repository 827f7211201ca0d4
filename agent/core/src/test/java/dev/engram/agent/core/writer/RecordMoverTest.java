package dev.engram.agent.core.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.File;
import java.nio.ByteBuffer;
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
  @TempDir Path folder;
  private final List<Long> numbers = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private final Ring ring = ring();
  private boolean measurable = true;

  @Test
  void move_failureAfterTheAppend_appendsNothingTwice() throws Exception {
    RecordMover mover = open();
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

  private RecordMover open() throws Exception {
    TimeSource time =
        new TimeSource() {
          @Override
          public long nanoTime() {
            return 0;
          }

          @Override
          public long epochMillis() {
            return 0;
          }
        };
    QueueSettings settings =
        new QueueSettings(Duration.ofMinutes(5), 1L << 30, Duration.ZERO, 0, Duration.ZERO);
    RecordMover mover =
        new RecordMover(
            folder, ring, (queue, clock) -> new Queue(), settings, time, new Complaints(time));
    mover.open();
    return mover;
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
    public void sync() {}

    @Override
    public void close() {}
  }
}
