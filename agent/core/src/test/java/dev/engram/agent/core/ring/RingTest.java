package dev.engram.agent.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;

class RingTest {
  private static final int CAPACITY = 64 << 10;

  private final UnsafeBuffer file = initialised();
  private final Ring ring = new Ring(file);
  private final RingHeader header = ring.header();

  @Test
  void drain_givesPositionsThatContinueAcrossTheEndOfTheBuffer() {
    long next = 0;
    int gapsAtTheEnd = 0;
    for (int i = 0; i < 2_000; i++) {
      int length = 1 + (i * 37) % 1_000;
      assertThat(offer(Worth.ORDINARY, i, length)).isTrue();
      List<Long> positions = new ArrayList<>();
      // A record behind the padding at the end takes a second turn.
      while (positions.isEmpty()) {
        ring.drain((position, typeId, buffer, index, l) -> positions.add(position), 10);
      }
      long position = positions.get(0);
      if (position != next) {
        assertThat(position)
            .isGreaterThan(next)
            .isEqualTo(Math.floorDiv(position, CAPACITY) * CAPACITY);
        gapsAtTheEnd++;
      }
      next = RingLayout.positionAfter(position, Math.max(length, Integer.BYTES));
    }
    assertThat(next).isGreaterThan(10L * CAPACITY);
    assertThat(gapsAtTheEnd).isPositive();
  }

  @Test
  void fullRing_keepsAQuarterForReservedRecords() {
    int ordinary = offerUntilRefused(Worth.ORDINARY);
    int sizeWhenRefused = ring.size();
    int reserved = offerUntilRefused(Worth.RESERVED);

    assertThat(sizeWhenRefused).isBetween(CAPACITY / 4 * 3 - 512, CAPACITY / 4 * 3);
    int room = CAPACITY / 4 - CAPACITY / 16;
    assertThat(reserved * 256).isBetween(room - 512, room + 512);
    assertThat(header.shed(ShedReason.RING_FULL)).isEqualTo(2);
    assertThat(header.offered()).isEqualTo(ordinary + reserved + 2L);
    assertThat(header.answered()).isEqualTo(header.offered());
    assertThat(drainAll()).isEqualTo(ordinary + reserved);
  }

  @Test
  void ringFullOfReservedRecords_stillTakesTheNotesOfEnds() {
    offerUntilRefused(Worth.RESERVED);
    UnsafeBuffer note = new UnsafeBuffer(new byte[40]);
    int notes = 0;
    while (ring.offer(RecordKind.ENDED, Worth.RESERVED, note, 0, note.capacity())) {
      notes++;
    }

    assertThat(notes * 48).isBetween(CAPACITY / 16 - 512, CAPACITY / 16 + 512);
  }

  @Test
  void fullDisk_isTheReasonGiven() {
    ring.fullBecause(ShedReason.DISK_FULL);
    offerUntilRefused(Worth.ORDINARY);

    assertThat(header.shed(ShedReason.DISK_FULL)).isEqualTo(1);
    assertThat(header.shed(ShedReason.RING_FULL)).isZero();
  }

  @Test
  void largestRecord_isTakenAndALargerOneIsCounted() {
    int largest = Ring.maxRecordLength(CAPACITY);

    assertThat(largest).isEqualTo(4 << 10);
    assertThat(offer(Worth.ORDINARY, 1, largest - 1)).isTrue();
    assertThat(offer(Worth.ORDINARY, 1, largest)).isTrue();
    assertThat(offer(Worth.RESERVED, 2, largest + 1)).isFalse();
    assertThat(header.shed(ShedReason.TOO_LARGE)).isEqualTo(1);
    assertThat(header.offered()).isEqualTo(3);
    List<Integer> lengths = new ArrayList<>();
    ring.drain((position, typeId, buffer, index, length) -> lengths.add(length), 10);
    assertThat(lengths).containsExactly(largest - 1, largest);
  }

  @Test
  @SuppressWarnings("deprecation") // an application may still override it
  void thread_isAskedNothing() throws Exception {
    Thread hostile =
        new Thread(() -> offer(Worth.ORDINARY, 1, 16)) {
          @Override
          public long getId() {
            throw new IllegalStateException("application code");
          }
        };
    hostile.start();
    hostile.join();

    assertThat(header.offered()).isEqualTo(1);
    assertThat(drainAll()).isEqualTo(1);
  }

  @Test
  void typeId_tellsKindAndWorthToTheMover() {
    UnsafeBuffer record = new UnsafeBuffer(new byte[8]);
    ring.offer(RecordKind.EXCEPTION, Worth.RESERVED, record, 0, 8);
    ring.offer(RecordKind.SPAN, Worth.ORDINARY, record, 0, 8);
    List<Integer> typeIds = new ArrayList<>();

    ring.drain((position, typeId, buffer, index, length) -> typeIds.add(typeId), 10);

    assertThat(typeIds)
        .containsExactly(
            RecordKind.EXCEPTION.code() | RingLayout.RESERVED_FLAG, RecordKind.SPAN.code());
  }

  @Test
  void moverThatThrows_leavesTheRecordAndAllAfterIt() {
    for (int i = 0; i < 3; i++) {
      offer(Worth.ORDINARY, i, 16);
    }
    Ring.Mover failsAtTheSecond =
        (position, typeId, buffer, index, length) -> {
          if (buffer.getInt(index) == 1) {
            throw new InternalError("an unbacked page");
          }
          return true;
        };

    assertThatThrownBy(() -> ring.drain(failsAtTheSecond, 10)).isInstanceOf(InternalError.class);

    List<Integer> left = new ArrayList<>();
    ring.drain((position, typeId, buffer, index, l) -> left.add(buffer.getInt(index)), 10);
    assertThat(left).containsExactly(1, 2);
  }

  @Test
  void moverThatRefuses_leavesTheRecord() {
    offer(Worth.ORDINARY, 5, 16);

    assertThat(ring.drain((position, typeId, buffer, index, length) -> false, 10)).isZero();
    assertThat(drainAll()).isEqualTo(1);
  }

  @Test
  void claimNeverCommitted_isWaitedForAndNeverSkipped() {
    ManyToOneRingBuffer producer = sameRing();
    int claim = producer.tryClaim(RecordKind.SPAN.code(), 32);
    offer(Worth.ORDINARY, 1, 16);

    assertThat(drainAll()).isZero();

    producer.commit(claim);
    assertThat(drainAll()).isEqualTo(2);
  }

  @Test
  void unreadableSource_isCountedAsFailedAndThrowsNothing() {
    UnsafeBuffer tooShort = new UnsafeBuffer(new byte[4]);

    assertThat(ring.offer(RecordKind.SPAN, Worth.ORDINARY, tooShort, 0, 64)).isFalse();

    assertThat(header.shed(ShedReason.FAILED)).isEqualTo(1);
    assertThat(header.answered()).isEqualTo(header.offered());
  }

  @Test
  void brokenRing_countsWhatItRefuses() {
    UnsafeBuffer unbacked =
        new UnsafeBuffer(
            ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)) {
          @Override
          public void putBytes(int index, DirectBuffer source, int offset, int length) {
            throw new InternalError("an unbacked page");
          }
        };
    Ring broken = new Ring(header, unbacked);
    UnsafeBuffer record = new UnsafeBuffer(new byte[8]);

    for (int i = 0; i < 3; i++) {
      assertThat(broken.offer(RecordKind.SPAN, Worth.RESERVED, record, 0, 8)).isFalse();
    }

    assertThat(broken.isBroken()).isTrue();
    assertThat(header.offered()).isEqualTo(3);
    assertThat(header.answered()).isEqualTo(3);
    assertThat(header.shed(ShedReason.FAILED)).isEqualTo(3);
  }

  @Test
  void books_showARecordThatWasDropped() {
    for (int i = 0; i < 10; i++) {
      offer(Worth.ORDINARY, i, 16);
    }
    // A write that is lost behind the ring's back, as a defect in offer would lose it.
    header.raiseOffered(3, 1);
    header.raiseAnswered(3, 1);

    long written = drainAll();
    long shed = header.shed(ShedReason.RING_FULL);

    assertThat(header.offered() - written - shed).isEqualTo(1);
    assertThat(header.offered() - header.answered()).isZero();
  }

  private boolean offer(Worth worth, int value, int length) {
    UnsafeBuffer record = new UnsafeBuffer(new byte[Math.max(length, Integer.BYTES)]);
    record.putInt(0, value);
    return ring.offer(RecordKind.SPAN, worth, record, 0, record.capacity());
  }

  private int offerUntilRefused(Worth worth) {
    int taken = 0;
    while (offer(worth, taken, 248)) {
      taken++;
    }
    return taken;
  }

  private int drainAll() {
    int all = 0;
    int taken;
    do {
      taken = ring.drain((position, typeId, buffer, index, length) -> true, 1_000);
      all += taken;
    } while (taken > 0);
    return all;
  }

  private ManyToOneRingBuffer sameRing() {
    int length = CAPACITY + RingBufferDescriptor.TRAILER_LENGTH;
    return new ManyToOneRingBuffer(new UnsafeBuffer(file, RingLayout.RING_OFFSET, length));
  }

  private static UnsafeBuffer initialised() {
    UnsafeBuffer file =
        new UnsafeBuffer(ByteBuffer.allocateDirect((int) RingLayout.fileLength(CAPACITY)));
    new RingHeader(file).initialize(new UUID(1, 2), CAPACITY, 0);
    return file;
  }
}
