package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no records, or records that are out of bounds. */
class HostileRecordTest {
  private static final long SEED = 20_260_101;

  static Stream<byte[]> golden() {
    return SampleRecords.all().values().stream().map(GoldenRecordTest::encode);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void truncation_isMalformed(byte[] bytes) {
    for (int length = 0; length < bytes.length; length++) {
      assertMalformed(bytes, length);
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void singleBitFlip_isMalformed(byte[] bytes) {
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertMalformed(bytes, bytes.length);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void singleBitFlipUnderARightChecksum_isDecodedOrRefused(byte[] bytes) {
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(RecordDecoder.decode(seal(flipped), 0, flipped.length)).isNotNull();
    }
  }

  @Test
  void randomFieldsUnderARightChecksum_areDecodedOrRefused() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[RecordFormat.HEADER_LENGTH + random.nextInt(200)];
      random.nextBytes(bytes);
      bytes[RecordFormat.VERSION_OFFSET] = 1;
      bytes[RecordFormat.KIND_OFFSET] = (byte) (1 + random.nextInt(10));
      bytes[RecordFormat.HEADER_LENGTH_OFFSET] = RecordFormat.HEADER_LENGTH;
      bytes[RecordFormat.HEADER_LENGTH_OFFSET + 1] = 0;
      assertThat(RecordDecoder.decode(seal(bytes), 0, bytes.length))
          .as("seed %d, round %d", SEED, i)
          .isNotNull();
    }
  }

  @Test
  void randomBytes_areMalformed() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      assertMalformed(bytes, bytes.length);
    }
  }

  @Test
  void placeOutsideTheBuffer_isMalformed() {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    for (int[] place : new int[][] {{-1, 16}, {60, 16}, {0, -5}, {0, 65}, {1, Integer.MAX_VALUE}}) {
      assertThat(RecordDecoder.decode(buffer, place[0], place[1]))
          .isInstanceOf(MalformedRecord.class);
    }
  }

  @Test
  void intactRecordOfUnknownKind_isUnknown() {
    byte[] bytes = GoldenRecordTest.encode(new EndedRecord(1, 2, 3, SpanStatus.OK));
    bytes[RecordFormat.VERSION_OFFSET] = 9;
    bytes[RecordFormat.KIND_OFFSET] = 14;
    assertThat(RecordDecoder.decode(seal(bytes), 0, bytes.length))
        .isEqualTo(new UnknownRecord(14, 9));
    bytes[RecordFormat.KIND_OFFSET] = (byte) 200;
    assertThat(RecordDecoder.decode(seal(bytes), 0, bytes.length))
        .isEqualTo(new UnknownRecord(200, 9));
  }

  @Test
  void newerRecord_isReadAsFarAsItIsKnown() {
    byte[] known = GoldenRecordTest.encode(new EndedRecord(1, 2, 3, SpanStatus.OK));
    int added = 4;
    ExpandableArrayBuffer newer = new ExpandableArrayBuffer();
    newer.putBytes(0, known, 0, RecordFormat.HEADER_LENGTH);
    newer.putByte(RecordFormat.VERSION_OFFSET, (byte) 2);
    newer.putByte(RecordFormat.HEADER_LENGTH_OFFSET, (byte) (RecordFormat.HEADER_LENGTH + added));
    int fields = known.length - RecordFormat.HEADER_LENGTH;
    int from = RecordFormat.HEADER_LENGTH + added;
    newer.putBytes(from, known, RecordFormat.HEADER_LENGTH, fields);
    int end = from + fields;
    // Fields of tag 62, one of each wire type.
    end = putKey(newer, end, 62 << 3);
    newer.putByte(end++, (byte) 1);
    end = putKey(newer, end, 62 << 3 | 1) + Long.BYTES;
    end = putKey(newer, end, 62 << 3 | 2);
    newer.putByte(end++, (byte) 2);
    end += 2;
    seal(newer, end);
    assertThat(RecordDecoder.decode(newer, 0, end))
        .isEqualTo(new EndedRecord(1, 2, 3, SpanStatus.OK));
  }

  @Test
  void causesBeyondTheDepth_areMalformed() {
    MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    RecordEncoder encoder = new RecordEncoder().begin(RecordKind.EXCEPTION, buffer, 0);
    int[] groups = new int[1 + RecordFormat.MAX_DEPTH];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = encoder.open(i == 0 ? Field.THROWN : Field.THROWABLE_CAUSE);
    }
    for (int i = groups.length - 1; i >= 0; i--) {
      encoder.close(groups[i]);
    }
    assertThat(RecordDecoder.decode(buffer, 0, encoder.end()))
        .isEqualTo(new MalformedRecord("groups deeper than 64"));
  }

  @Test
  void encoder_cutsACauseChainSoThatItCanBeRead() {
    ThrowableShape chain = null;
    for (int i = 0; i < 500; i++) {
      chain =
          new ThrowableShape("T" + i, null, 0, java.util.List.of(), 0, chain, java.util.List.of());
    }
    byte[] bytes =
        GoldenRecordTest.encode(
            new ExceptionRecord(1, 0, 0, 0, ExceptionOrigin.ESCAPED, "main", null, chain));
    assertThat(RecordDecoder.decode(new UnsafeBuffer(bytes), 0, bytes.length))
        .isInstanceOfSatisfying(
            ExceptionRecord.class, record -> assertThat(record.thrown().type()).isEqualTo("T499"));
  }

  @Test
  void absurdCounts_areRefusedBeforeTheyCostMemory() {
    int fields = 8 << 20;
    UnsafeBuffer record = new UnsafeBuffer(new byte[RecordFormat.HEADER_LENGTH + 2 * fields]);
    new RecordEncoder().begin(RecordKind.DECISION, record, 0);
    for (int i = 0; i < fields; i++) {
      record.putByte(RecordFormat.HEADER_LENGTH + 2 * i, (byte) Field.PAYLOAD.key());
    }
    seal(record, record.capacity());
    long before = allocated();
    DecodedRecord decoded = RecordDecoder.decode(record, 0, record.capacity());
    assertThat(decoded).isEqualTo(new MalformedRecord("more than 131072 fields"));
    assertThat(allocated() - before).isLessThan(record.capacity() + (32L << 20));
  }

  @Test
  void absurdLength_isRefusedBeforeItCostsMemory() {
    byte[] bytes = new byte[RecordFormat.HEADER_LENGTH + 6];
    bytes[RecordFormat.VERSION_OFFSET] = 1;
    bytes[RecordFormat.KIND_OFFSET] = (byte) RecordKind.LIFECYCLE.code();
    bytes[RecordFormat.HEADER_LENGTH_OFFSET] = RecordFormat.HEADER_LENGTH;
    putKey(new UnsafeBuffer(bytes), RecordFormat.HEADER_LENGTH, Field.EVENT.key());
    for (int i = 0; i < 3; i++) {
      bytes[RecordFormat.HEADER_LENGTH + 2 + i] = (byte) 0xFF;
    }
    bytes[RecordFormat.HEADER_LENGTH + 5] = 0x7F;
    long before = allocated();
    assertThat(RecordDecoder.decode(seal(bytes), 0, bytes.length))
        .isInstanceOf(MalformedRecord.class);
    assertThat(allocated() - before).isLessThan(1 << 20);
  }

  private static void assertMalformed(byte[] bytes, int length) {
    assertThat(RecordDecoder.decode(new UnsafeBuffer(bytes), 0, length))
        .isInstanceOf(MalformedRecord.class);
  }

  private static int putKey(MutableDirectBuffer buffer, int index, int key) {
    buffer.putByte(index, (byte) (key & 0x7F | 0x80));
    buffer.putByte(index + 1, (byte) (key >>> 7));
    return index + 2;
  }

  private static UnsafeBuffer seal(byte[] bytes) {
    UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    seal(buffer, bytes.length);
    return buffer;
  }

  private static void seal(MutableDirectBuffer buffer, int length) {
    buffer.putInt(
        RecordFormat.CHECKSUM_OFFSET,
        new RecordChecksum().of(buffer, 0, length),
        ByteOrder.LITTLE_ENDIAN);
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
