package dev.engram.integration.harness;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * What an agent wrote that knew only the first fields: no status text, no attributes, no payloads.
 * Runs inside a patched agent.
 */
public final class OlderRecords {
  /** From time to status, and whether a begun note went before. */
  private static final int LAST_TAG = 10;

  private static final int BEGUN_TAG = 14;

  private OlderRecords() {}

  /** Stands for the ring's own write. */
  public static boolean write(
      ManyToOneRingBuffer ring, int typeId, DirectBuffer buffer, int offset, int length) {
    RecordFields known = new RecordFields(buffer, offset, length);
    UnsafeBuffer record =
        RecordFields.record(
            1, known.kind(), new byte[0], known.fields(tag -> tag <= LAST_TAG || tag == BEGUN_TAG));
    return ring.write(typeId, record, 0, record.capacity());
  }
}
