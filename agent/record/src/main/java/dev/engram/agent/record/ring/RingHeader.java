package dev.engram.agent.record.ring;

import dev.engram.agent.record.RecordKind;
import java.util.UUID;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Typed reads and writes of everything before the ring in a ring file, as {@link RingLayout} draws
 * it.
 *
 * <p>Reads are safe from any thread and process, each value for itself; a reader that wants sums to
 * agree reads what is raised later first (answered before offered, queued before written). The
 * raise methods of a stripe may be called by any producer; queued, dropped, writer shed, heartbeat
 * and state belong to one thread, the service's writer or, once the instance is dead, its adopter.
 */
public final class RingHeader {
  /** Positions are multiples of eight: their lowest bits are free for a count. */
  private static final long SHEDDING_COUNT = 7;

  private final AtomicBuffer buffer;

  /** A header in the first {@link RingLayout#RING_OFFSET} bytes of {@code buffer}. */
  public RingHeader(AtomicBuffer buffer) {
    buffer.boundsCheck(0, RingLayout.RING_OFFSET);
    this.buffer = buffer;
  }

  /** Fills a zeroed header; the magic comes last, so that a header that has it is whole. */
  public void initialize(UUID instance, int capacity, long createdEpochMillis) {
    buffer.putInt(RingLayout.VERSION_OFFSET, RingLayout.VERSION);
    buffer.putInt(RingLayout.CAPACITY_OFFSET, capacity);
    buffer.putLong(RingLayout.INSTANCE_HIGH_OFFSET, instance.getMostSignificantBits());
    buffer.putLong(RingLayout.INSTANCE_LOW_OFFSET, instance.getLeastSignificantBits());
    buffer.putLong(RingLayout.CREATED_OFFSET, createdEpochMillis);
    buffer.putLong(RingLayout.HEARTBEAT_OFFSET, createdEpochMillis);
    buffer.putLongVolatile(RingLayout.MAGIC_OFFSET, RingLayout.MAGIC);
  }

  /** Whether these bytes begin a ring file at all, of whatever version. */
  public boolean hasMagic() {
    return buffer.getLongVolatile(RingLayout.MAGIC_OFFSET) == RingLayout.MAGIC;
  }

  public int version() {
    return buffer.getInt(RingLayout.VERSION_OFFSET);
  }

  /** Bytes of the ring, as the file says; not checked. */
  public int capacity() {
    return buffer.getInt(RingLayout.CAPACITY_OFFSET);
  }

  public UUID instance() {
    return new UUID(
        buffer.getLong(RingLayout.INSTANCE_HIGH_OFFSET),
        buffer.getLong(RingLayout.INSTANCE_LOW_OFFSET));
  }

  public long createdEpochMillis() {
    return buffer.getLong(RingLayout.CREATED_OFFSET);
  }

  public long heartbeatEpochMillis() {
    return buffer.getLongVolatile(RingLayout.HEARTBEAT_OFFSET);
  }

  public void heartbeat(long epochMillis) {
    buffer.putLongVolatile(RingLayout.HEARTBEAT_OFFSET, epochMillis);
  }

  /** One of {@link RingLayout#STATE_NEW}, STATE_RUNNING and STATE_STOPPED. */
  public long state() {
    return buffer.getLongVolatile(RingLayout.STATE_OFFSET);
  }

  public void state(long state) {
    buffer.putLongVolatile(RingLayout.STATE_OFFSET, state);
  }

  /** Records appended to the queue: the number of the last excerpt, or one less after a kill. */
  public long queued() {
    return buffer.getLongVolatile(RingLayout.QUEUED_OFFSET);
  }

  /** The ring position below which the writer is done with everything. */
  public long queuedThrough() {
    return buffer.getLongVolatile(RingLayout.QUEUED_THROUGH_OFFSET);
  }

  /** Notes that a record was appended: {@code number} of them now, up to {@code through}. */
  public void queued(long number, long through) {
    buffer.putLongRelease(RingLayout.QUEUED_OFFSET, number);
    buffer.putLongRelease(RingLayout.QUEUED_THROUGH_OFFSET, through);
  }

  /** Records in cycles that the writer removed, all kinds. */
  public long queueDropped() {
    return buffer.getLongVolatile(RingLayout.QUEUE_DROPPED_OFFSET);
  }

  /** The same, of one kind; a kind code outside the table was counted under 0. */
  public long queueDropped(int kindCode) {
    return buffer.getLongVolatile(droppedOffset(kindCode));
  }

  public void addQueueDropped(int kindCode, long records) {
    raise(droppedOffset(kindCode), records);
    raise(RingLayout.QUEUE_DROPPED_OFFSET, records);
  }

  /** Records that the writer took from the ring and gave up. */
  public long writerShed(ShedReason reason) {
    return buffer.getLongVolatile(writerShedOffset(reason));
  }

  /**
   * Notes that the writer gives up the record that ends at {@code through}. The first store names
   * the record and the count to come, so that after a kill it is known whether it was counted.
   */
  public void writerShed(ShedReason reason, long through) {
    long count = writerShed() + 1;
    buffer.putLongRelease(RingLayout.SHEDDING_OFFSET, through | (count & SHEDDING_COUNT));
    raise(writerShedOffset(reason), 1);
    buffer.putLongRelease(RingLayout.QUEUED_THROUGH_OFFSET, through);
  }

  /** Sum over the stripes. */
  public long offered() {
    return sum(RingLayout.STRIPE_OFFERED);
  }

  /** Sum over the stripes. */
  public long answered() {
    return sum(RingLayout.STRIPE_ANSWERED);
  }

  /**
   * The ring position just after the last record that the writer gave up and counted; -1 when there
   * is none, or when it was about to give up another, which then still has to be taken.
   */
  public long shedThrough() {
    long shedding = buffer.getLongVolatile(RingLayout.SHEDDING_OFFSET);
    long count = writerShed();
    boolean counted = count > 0 && ((shedding ^ count) & SHEDDING_COUNT) == 0;
    return counted ? shedding & ~SHEDDING_COUNT : -1;
  }

  /** The ring position just after the last record that the writer gave up or was about to. */
  public long shedding() {
    return buffer.getLongVolatile(RingLayout.SHEDDING_OFFSET) & ~SHEDDING_COUNT;
  }

  private long writerShed() {
    long sum = 0;
    for (ShedReason reason : ShedReason.values()) {
      sum += writerShed(reason);
    }
    return sum;
  }

  /** Records given up for this reason, by producers and by the writer. */
  public long shed(ShedReason reason) {
    return sum(stripeShedOffset(reason)) + writerShed(reason);
  }

  /** A stripe for any number that differs by thread, so that threads seldom raise one counter. */
  public static int stripe(int ofThread) {
    return ofThread & (RingLayout.STRIPES - 1);
  }

  public void raiseOffered(int stripe, long records) {
    raise(stripeOffset(stripe, RingLayout.STRIPE_OFFERED), records);
  }

  public void raiseAnswered(int stripe, long records) {
    raise(stripeOffset(stripe, RingLayout.STRIPE_ANSWERED), records);
  }

  public void raiseShed(int stripe, ShedReason reason, long records) {
    raise(stripeOffset(stripe, stripeShedOffset(reason)), records);
  }

  private long sum(int offsetInStripe) {
    long sum = 0;
    for (int stripe = 0; stripe < RingLayout.STRIPES; stripe++) {
      sum += buffer.getLongVolatile(stripeOffset(stripe, offsetInStripe));
    }
    return sum;
  }

  private void raise(int offset, long by) {
    buffer.getAndAddLong(offset, by);
  }

  private static int stripeOffset(int stripe, int offsetInStripe) {
    return RingLayout.STRIPES_OFFSET + stripe * RingLayout.STRIPE_LENGTH + offsetInStripe;
  }

  private static int stripeShedOffset(ShedReason reason) {
    return RingLayout.STRIPE_SHED + reason.code() * Long.BYTES;
  }

  private static int writerShedOffset(ShedReason reason) {
    return RingLayout.WRITER_SHED_OFFSET + reason.code() * Long.BYTES;
  }

  private static int droppedOffset(int kindCode) {
    int known = kindCode < 0 || kindCode >= RecordKind.TABLE_SIZE ? 0 : kindCode;
    return RingLayout.QUEUE_DROPPED_BY_KIND_OFFSET + known * Long.BYTES;
  }
}
