package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.engram.agent.record.EndedRecord;
import dev.engram.agent.record.RecordEncoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanStatus;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.junit.jupiter.api.io.TempDir;

/** A ring of a killed service, with bytes changed, runs of bytes replaced, and its end cut. */
class DeadRingFuzzTest {
  private static final int CAPACITY = 1024;
  private static final UUID INSTANCE = new UUID(1, 2);
  private static final byte[] INTACT = intact();

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "35s")
  void drain_endsAndGivesEachPlaceOnce(FuzzedDataProvider data) throws IOException {
    byte[] bytes = damaged(data);
    long stored = data.consumeBoolean() ? -1 : data.consumeLong();
    long endOfQueue = data.consumeBoolean() ? -1 : data.consumeLong(0, 1 << 20) & -8;
    Path file = folder.resolve("ring");
    Files.write(file, bytes);
    TakenRecords taken = new TakenRecords(Math.max(-1, stored));
    try (DeadRing ring = new DeadRing(file, INSTANCE, header(bytes), new QueueEnd(endOfQueue, 1))) {
      assertThat(ring.drain(stored, 7, taken)).isTrue();
      RingDrain result = ring.result();
      assertThat(result.records()).isGreaterThanOrEqualTo(taken.records + taken.malformed);
      assertThat(result.claims()).isNotNegative();
      assertThat(taken.records + taken.malformed).isLessThanOrEqualTo(2 * CAPACITY / 16);
    }
  }

  private static byte[] damaged(FuzzedDataProvider data) {
    byte[] bytes = INTACT.clone();
    for (int i = data.consumeInt(0, 6); i > 0; i--) {
      int at = place(data);
      byte[] run = data.consumeBytes(data.consumeInt(1, 24));
      System.arraycopy(run, 0, bytes, at, Math.min(run.length, bytes.length - at));
    }
    boolean cut = data.consumeInt(0, 9) == 9;
    return cut ? Arrays.copyOf(bytes, data.consumeInt(0, bytes.length)) : bytes;
  }

  /** In the header's fields, in the ring, or in its trailer; seldom in the bytes between. */
  private static int place(FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 2)) {
      case 0 -> data.consumeInt(0, 160);
      case 1 -> RingLayout.RING_OFFSET + data.consumeInt(0, CAPACITY - 1);
      default -> RingLayout.RING_OFFSET + CAPACITY + data.consumeInt(0, 767);
    };
  }

  private static Optional<RingHeader> header(byte[] bytes) {
    return bytes.length < RingLayout.RING_OFFSET
        ? Optional.empty()
        : Optional.of(new RingHeader(new UnsafeBuffer(bytes, 0, RingLayout.RING_OFFSET)));
  }

  /** Wrapped around once, some of it freed, a claim that was never committed at its end. */
  private static byte[] intact() {
    int length = (int) RingLayout.fileLength(CAPACITY);
    UnsafeBuffer file = new UnsafeBuffer(ByteBuffer.allocateDirect(length + 8));
    file.wrap(file, (int) (-file.addressOffset() & 7), length);
    RingHeader header = new RingHeader(file);
    header.initialize(INSTANCE, CAPACITY, 1_700_000_000_000L);
    ManyToOneRingBuffer ring =
        new ManyToOneRingBuffer(
            new UnsafeBuffer(file, RingLayout.RING_OFFSET, length - RingLayout.RING_OFFSET));
    UnsafeBuffer record = new UnsafeBuffer(new byte[256]);
    for (int span = 1; span <= 40; span++) {
      if (span % 10 == 0) {
        ring.read((type, buffer, index, size) -> {}, 8);
      }
      int size =
          new RecordEncoder().encode(new EndedRecord(span, span, span, SpanStatus.OK), record, 0);
      header.raiseOffered(0, 1);
      ring.write(RecordKind.ENDED.code(), record, 0, size);
      header.raiseAnswered(0, 1);
    }
    header.queued(1, ring.consumerPosition());
    ring.tryClaim(RecordKind.ENDED.code(), 32);
    byte[] bytes = new byte[length];
    file.getBytes(0, bytes);
    return bytes;
  }
}
