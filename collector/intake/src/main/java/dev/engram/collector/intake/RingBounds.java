package dev.engram.collector.intake;

import dev.engram.agent.record.ring.RingHeader;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;

/**
 * Where in a dead ring the records lie that the queue has not. Head, tail, header and queue each
 * tell a part of it; whichever contradicts the others is taken to be the damaged one.
 *
 * @param begin the position of the first record that the queue has not
 * @param known just behind the last byte that was claimed; {@code begin} when the tail is lost
 * @param limit just behind the last byte that can have been claimed, were the tail damaged
 * @param hasTail whether the tail is one of those that agree
 * @param agree whether all agree
 */
record RingBounds(long begin, long known, long limit, boolean hasTail, boolean agree) {
  /**
   * The bounds that these four tell.
   *
   * @param head what the writer has freed; -1 when it cannot be read
   * @param tail what producers have claimed; -1 when it cannot be read
   */
  static RingBounds of(RingHeader header, QueueEnd queueEnd, int capacity, long head, long tail) {
    long queued = Math.max(0, queueEnd.position());
    long through = header.queuedThrough();
    boolean headMeetsTail = isWithin(head, tail, capacity);
    boolean throughFits =
        isAligned(through)
            && (isWithin(through, tail, capacity) || !headMeetsTail)
            && isConfirmed(through, header, queueEnd);
    long done = Math.max(queued, throughFits ? through : headMeetsTail ? head : 0);
    long begin = isFreedPadding(done, head, capacity) ? head : done;
    boolean hasTail = isWithin(begin, tail, capacity);
    boolean hasHead = isWithin(head, begin, capacity);
    long freed = hasHead ? head + capacity : begin + capacity;
    long known = hasTail ? Math.min(tail, freed) : begin;
    long limit = hasTail ? Math.max(tail, freed) : freed;
    boolean agree = (throughFits || begin == head) && hasTail && hasHead && tail <= freed;
    return new RingBounds(begin, known, limit, hasTail, agree);
  }

  /**
   * The writer raises it for an excerpt, or for a record that it gives up. With the queue whole and
   * no such record it is never ahead of the queue.
   */
  private static boolean isConfirmed(long through, RingHeader header, QueueEnd queueEnd) {
    boolean queueIsWhole = queueEnd.number() >= header.queued();
    return !queueIsWhole
        || through <= Math.max(queueEnd.position(), 0)
        || through <= header.shedding();
  }

  /** The rest of a lap that held no record: it is freed without being passed. */
  private static boolean isFreedPadding(long done, long head, int capacity) {
    return isAligned(head) && head == ((done + capacity - 1) & -capacity);
  }

  private static boolean isWithin(long at, long end, int capacity) {
    return isAligned(at) && isAligned(end) && at <= end && end - at <= capacity;
  }

  private static boolean isAligned(long at) {
    return at >= 0 && at % RecordDescriptor.ALIGNMENT == 0;
  }
}
