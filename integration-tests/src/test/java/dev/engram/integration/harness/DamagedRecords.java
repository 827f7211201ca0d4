package dev.engram.integration.harness;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * Records that no collector takes for one: a bit of each checksum is wrong, and all else is as it
 * was. Runs inside a patched agent.
 */
public final class DamagedRecords {
  private static final int CHECKSUM = 4;

  private DamagedRecords() {}

  /** Stands for the ring's own write. */
  public static boolean write(
      ManyToOneRingBuffer ring, int typeId, DirectBuffer buffer, int offset, int length) {
    UnsafeBuffer damaged = new UnsafeBuffer(new byte[length]);
    damaged.putBytes(0, buffer, offset, length);
    damaged.putByte(CHECKSUM, (byte) (damaged.getByte(CHECKSUM) ^ 1));
    return ring.write(typeId, damaged, 0, length);
  }
}
