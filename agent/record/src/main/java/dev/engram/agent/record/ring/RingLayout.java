package dev.engram.agent.record.ring;

import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Offsets in a ring file. Little-endian; every counter is 8 bytes and aligned.
 *
 * <pre>
 *     0  magic "ENGRING1" (8)          8  layout version (4)   12  ring capacity in bytes, a power of two (4)
 *    16  instance UUID, high (8)      24  instance UUID, low (8)
 *    32  created, epoch ms (8)        40  heartbeat, epoch ms (8)
 *    48  state: 0 new, 1 running, 2 stopped cleanly (8)
 *   128  queued: records appended to the queue (8)
 *   136  queued through: ring position just after the last record the writer appended or gave up (8)
 *   144  queue dropped: records in files the writer removed (8)
 *   152  shedding: ring position just after the record that the writer gives up, plus, modulo 8,
 *        the number of records it will have given up with it (8)
 *   256  queue dropped by kind: 16 counters
 *   512  shed by the writer, by reason: 8 counters
 *  1024  stripes: 16 of 128 bytes: 0 offered, 8 answered, 16 shed by reason (8 counters)
 *  4096  Agrona many-to-one ring: capacity + trailer
 * </pre>
 *
 * A ring message's type id is the kind code, with {@link #RESERVED_FLAG} set when the record may
 * use the reserved quarter. A record's position is that of its ring header: the next one begins
 * {@link #positionAfter} it. The writer appends a record, raises queued through, and frees its
 * bytes last: what lies below queued through, or below the end of the queue's last excerpt, is
 * freed or about to be, perhaps half zeroed, and must not be read from the ring again.
 *
 * <p>Offered is raised before a write is tried, answered after it ended either way: what a killed
 * process had in flight is at most offered - answered.
 */
public final class RingLayout {
  /** "ENGRING1" read as a little-endian long. */
  public static final long MAGIC = 0x31474e49_52474e45L;

  public static final int VERSION = 1;

  public static final int MAGIC_OFFSET = 0;
  public static final int VERSION_OFFSET = 8;
  public static final int CAPACITY_OFFSET = 12;
  public static final int INSTANCE_HIGH_OFFSET = 16;
  public static final int INSTANCE_LOW_OFFSET = 24;
  public static final int CREATED_OFFSET = 32;
  public static final int HEARTBEAT_OFFSET = 40;
  public static final int STATE_OFFSET = 48;
  public static final int QUEUED_OFFSET = 128;
  public static final int QUEUED_THROUGH_OFFSET = 136;
  public static final int QUEUE_DROPPED_OFFSET = 144;
  public static final int SHEDDING_OFFSET = 152;
  public static final int QUEUE_DROPPED_BY_KIND_OFFSET = 256;
  public static final int WRITER_SHED_OFFSET = 512;
  public static final int STRIPES_OFFSET = 1024;
  public static final int STRIPES = 16;
  public static final int STRIPE_LENGTH = 128;
  public static final int STRIPE_OFFERED = 0;
  public static final int STRIPE_ANSWERED = 8;
  public static final int STRIPE_SHED = 16;
  public static final int RING_OFFSET = 4096;

  public static final long STATE_NEW = 0;
  public static final long STATE_RUNNING = 1;
  public static final long STATE_STOPPED = 2;

  /** Set in a message's type id, beside the kind code, when the record's worth is reserved. */
  public static final int RESERVED_FLAG = 0x100;

  private static final int RECORD_HEADER_LENGTH = 8;
  private static final int RECORD_ALIGNMENT = 8;

  private RingLayout() {}

  /** The ring message type id of a record. */
  public static int typeId(int kindCode, boolean reserved) {
    return reserved ? kindCode | RESERVED_FLAG : kindCode;
  }

  /** The kind code in a message's type id. */
  public static int kindCode(int typeId) {
    return typeId & ~RESERVED_FLAG;
  }

  public static boolean isReserved(int typeId) {
    return (typeId & RESERVED_FLAG) != 0;
  }

  /** The ring position just after a record of this length, in bytes, at this position. */
  public static long positionAfter(long position, int length) {
    long end = position + RECORD_HEADER_LENGTH + length;
    return (end + RECORD_ALIGNMENT - 1) & -RECORD_ALIGNMENT;
  }

  /** Bytes of a whole ring file whose ring has this capacity. */
  public static long fileLength(int capacity) {
    return (long) RING_OFFSET + capacity + RingBufferDescriptor.TRAILER_LENGTH;
  }
}
