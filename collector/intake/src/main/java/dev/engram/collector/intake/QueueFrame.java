package dev.engram.collector.intake;

import dev.engram.agent.record.ring.Excerpt;
import dev.engram.agent.record.ring.RingLayout;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What an excerpt says of its record.
 *
 * @param position the record's ring position
 * @param number the excerpt's number
 * @param end the ring position just after the record
 */
record QueueFrame(long position, long number, long end) {
  /** That of an excerpt of {@code length} bytes. */
  static QueueFrame read(DirectBuffer buffer, int offset, int length) {
    long position = buffer.getLong(offset + Excerpt.POSITION_OFFSET, ByteOrder.LITTLE_ENDIAN);
    long number = buffer.getLong(offset + Excerpt.NUMBER_OFFSET, ByteOrder.LITTLE_ENDIAN);
    long end = RingLayout.positionAfter(position, length - Excerpt.RECORD_OFFSET);
    return new QueueFrame(position, number, end);
  }

  /** Whether this one comes later. */
  boolean isAfter(QueueFrame other) {
    return number > other.number && position >= other.end;
  }

  /** Whether this one may come {@code places} places after that one. */
  boolean follows(QueueFrame other, int places) {
    return number == other.number + places && position >= other.end;
  }
}
