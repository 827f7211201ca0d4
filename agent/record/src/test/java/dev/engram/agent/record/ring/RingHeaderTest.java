package dev.engram.agent.record.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.record.RecordKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RingHeaderTest {
  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(RingLayout.RING_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
  private final RingHeader header = new RingHeader(new UnsafeBuffer(bytes));

  @Test
  void initialize_writesWhatTheDrawingSays() {
    UUID instance = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");

    header.initialize(instance, 1 << 20, 1_700_000_000_000L);

    byte[] magic = new byte[8];
    bytes.get(0, magic);
    assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("ENGRING1");
    assertThat(bytes.getInt(8)).isEqualTo(1);
    assertThat(bytes.getInt(12)).isEqualTo(1 << 20);
    assertThat(bytes.getLong(16)).isEqualTo(0x0123456789abcdefL);
    assertThat(bytes.getLong(32)).isEqualTo(1_700_000_000_000L);
    assertThat(bytes.getLong(40)).isEqualTo(1_700_000_000_000L);
    assertThat(header.instance()).isEqualTo(instance);
    assertThat(header.hasMagic()).isTrue();
    assertThat(header.state()).isEqualTo(RingLayout.STATE_NEW);
  }

  @Test
  void stripes_areSummedAndDoNotOverlap() {
    for (int thread = 0; thread < 2 * RingLayout.STRIPES; thread++) {
      int stripe = RingHeader.stripe(thread);
      header.raiseOffered(stripe, 1);
      header.raiseAnswered(stripe, 10);
      for (ShedReason reason : ShedReason.values()) {
        header.raiseShed(stripe, reason, 100 + reason.code());
      }
    }

    assertThat(header.offered()).isEqualTo(32);
    assertThat(header.answered()).isEqualTo(320);
    for (ShedReason reason : ShedReason.values()) {
      assertThat(header.shed(reason)).isEqualTo(32L * (100 + reason.code()));
      assertThat(header.writerShed(reason)).isZero();
    }
  }

  @Test
  void everyTerm_keepsItsOwnPlace() {
    header.queued(5, 640);
    header.writerShed(ShedReason.QUEUE_NEAR_FULL, 704);
    header.heartbeat(7);
    header.state(RingLayout.STATE_STOPPED);
    for (RecordKind kind : RecordKind.values()) {
      header.addQueueDropped(kind.code(), kind.code());
    }
    header.addQueueDropped(99, 1_000);

    assertThat(header.queued()).isEqualTo(5);
    assertThat(header.queuedThrough()).isEqualTo(704);
    assertThat(header.shed(ShedReason.QUEUE_NEAR_FULL)).isEqualTo(1);
    assertThat(header.shedThrough()).isEqualTo(704);
    assertThat(header.heartbeatEpochMillis()).isEqualTo(7);
    assertThat(header.state()).isEqualTo(RingLayout.STATE_STOPPED);
    assertThat(header.queueDropped(RecordKind.SPAN.code())).isEqualTo(RecordKind.SPAN.code());
    assertThat(header.queueDropped(0)).isEqualTo(1_000);
    assertThat(header.queueDropped())
        .isEqualTo(1_000 + Arrays.stream(RecordKind.values()).mapToInt(RecordKind::code).sum());
    assertThat(header.offered()).isZero();
  }

  @Test
  void typeId_carriesKindAndWorth() {
    int reserved = RingLayout.typeId(RecordKind.EXCEPTION.code(), true);
    int ordinary = RingLayout.typeId(RecordKind.SPAN.code(), false);

    assertThat(RingLayout.kindCode(reserved)).isEqualTo(RecordKind.EXCEPTION.code());
    assertThat(RingLayout.isReserved(reserved)).isTrue();
    assertThat(RingLayout.kindCode(ordinary)).isEqualTo(RecordKind.SPAN.code());
    assertThat(RingLayout.isReserved(ordinary)).isFalse();
  }

  @Test
  void positionAfter_alignsToEightBytes() {
    assertThat(RingLayout.positionAfter(0, 0)).isEqualTo(8);
    assertThat(RingLayout.positionAfter(8, 1)).isEqualTo(24);
    assertThat(RingLayout.positionAfter(1L << 40, 8)).isEqualTo((1L << 40) + 16);
  }

  @Test
  void shortBuffer_isRefused() {
    assertThatThrownBy(() -> new RingHeader(new UnsafeBuffer(new byte[100])))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
