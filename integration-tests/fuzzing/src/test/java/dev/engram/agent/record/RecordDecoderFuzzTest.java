package dev.engram.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Any bytes, as they are and under a right checksum: a record or a reason, at a bounded price. */
class RecordDecoderFuzzTest {
  /** An object for each field, and what a list of them costs, of a field of two bytes. */
  private static final long BYTES_PER_INPUT_BYTE = 400;

  private static final long BYTES_AT_LEAST = 256 << 10;

  @FuzzTest(maxDuration = "30s")
  void decode_givesARecordOrAReason(byte[] bytes) {
    assertThat(RecordDecoder.decode(new UnsafeBuffer(bytes), 0, bytes.length)).isNotNull();
    if (bytes.length < RecordFormat.HEADER_LENGTH) {
      return;
    }
    UnsafeBuffer sealed = sealed(bytes);
    // The first time may load classes.
    RecordDecoder.decode(sealed, 0, bytes.length);
    long before = allocated();
    DecodedRecord record = RecordDecoder.decode(sealed, 0, bytes.length);
    assertThat(allocated() - before)
        .isLessThan(BYTES_AT_LEAST + BYTES_PER_INPUT_BYTE * bytes.length);
    if (!(record instanceof MalformedRecord) && !(record instanceof UnknownRecord)) {
      assertSurvivesItsOwnEncoding(record);
    }
  }

  /** Twice, because the first encoding may cut what lies too deep. */
  private static void assertSurvivesItsOwnEncoding(DecodedRecord record) {
    byte[] once = encoded(record);
    DecodedRecord again = RecordDecoder.decode(new UnsafeBuffer(once), 0, once.length);
    assertThat(again).isNotInstanceOf(MalformedRecord.class).hasSameClassAs(record);
    assertThat(encoded(again)).isEqualTo(once);
  }

  private static byte[] encoded(DecodedRecord record) {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    byte[] bytes = new byte[new RecordEncoder().encode(record, buffer, 0)];
    buffer.getBytes(0, bytes);
    return bytes;
  }

  private static UnsafeBuffer sealed(byte[] bytes) {
    UnsafeBuffer buffer = new UnsafeBuffer(bytes.clone());
    int checksum = new RecordChecksum().of(buffer, 0, bytes.length);
    buffer.putInt(RecordFormat.CHECKSUM_OFFSET, checksum, ByteOrder.LITTLE_ENDIAN);
    return buffer;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
