package dev.engram.integration.harness;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** What a newer agent may write by the rules of the format. Runs inside a patched agent. */
public final class NewerRecords {
  /** The next free kind code; notes that a span begun are written as records of it. */
  public static final int KIND = 13;

  private static final int BEGUN = 1;
  private static final byte[] MORE_HEADER = {1, 2, 3, 4};

  /** Tag 60 as a varint, 61 as eight bytes, 62 as text, and 200, whose key takes two bytes. */
  private static final byte[] FIRST = {(byte) 0xE0, 3, 7, (byte) 0xE9, 3, 1, 2, 3, 4, 5, 6, 7, 8};

  private static final byte[] LAST = {(byte) 0xF2, 3, 2, 'h', 'i', (byte) 0xC2, 12, 1, 0};

  private NewerRecords() {}

  /** Stands for the ring's own write. */
  public static boolean write(
      ManyToOneRingBuffer ring, int typeId, DirectBuffer buffer, int offset, int length) {
    RecordFields known = new RecordFields(buffer, offset, length);
    boolean newKind = known.kind() == BEGUN;
    int kind = newKind ? KIND : known.kind();
    UnsafeBuffer record =
        RecordFields.record(2, kind, MORE_HEADER, FIRST, known.fields(tag -> true), LAST);
    int type = newKind ? typeId - BEGUN + KIND : typeId;
    return ring.write(type, record, 0, record.capacity());
  }
}
