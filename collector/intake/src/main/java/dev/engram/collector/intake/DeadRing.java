package dev.engram.collector.intake;

import dev.engram.agent.record.MalformedRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The ring of a dead instance: takes the committed records that the queue has not, in order.
 *
 * <p>Trusts nothing in the file. Where a record should begin and none does, it looks eight bytes on
 * for the next whose checksum holds. What a producer claimed and never committed is skipped: it was
 * left by the kill, the promise covers what was committed.
 */
final class DeadRing implements Closeable {
  private static final int HEADER = RecordDescriptor.HEADER_LENGTH;
  private static final int ALIGNMENT = RecordDescriptor.ALIGNMENT;
  private static final int PADDING_TYPE = -1;

  /** The smallest claim: a header and one more unit. */
  private static final int SMALLEST_CLAIM = 2 * ALIGNMENT;

  private final FileWindow window;
  private final int capacity;
  private final @Nullable String damage;
  private long position;
  private long shed;
  private long sound;
  private long end;
  private long limit;
  private long records;
  private long claims;
  private boolean torn;

  /**
   * Opens a ring file.
   *
   * @param instance whose it must be
   * @param header a copy of the file's header; empty when the file is too short for one
   * @param endOfQueue the ring position just after the queue's last excerpt; -1 when there is none
   */
  DeadRing(Path file, UUID instance, Optional<RingHeader> header, long endOfQueue)
      throws IOException {
    window = new FileWindow(file);
    long size = window.fileSize() - RingLayout.RING_OFFSET - RingBufferDescriptor.TRAILER_LENGTH;
    capacity = Long.bitCount(size) == 1 && size <= 1 << 30 && size >= 1024 ? (int) size : 0;
    damage = header.isEmpty() ? "is cut" : damage(header.get(), instance);
    if (header.isPresent() && isReadable(header.get())) {
      bounds(header.get(), endOfQueue);
    }
  }

  /**
   * Gives records to {@code taker} while it has room, except those at or below {@code stored},
   * which are only counted.
   *
   * @param number the number of the queue's last excerpt, passed on unchanged
   * @return whether all were given
   */
  boolean drain(long stored, long number, RecordTaker taker) throws IOException {
    do {
      while (position < end) {
        if (!taker.hasRoom()) {
          return false;
        }
        step(stored, number, taker);
      }
    } while (end < limit && findBeyondTail());
    return true;
  }

  /** What the drain came to, once it is done. */
  RingDrain result() {
    return new RingDrain(records, claims, damage == null && torn ? "is damaged" : damage);
  }

  private void step(long stored, long number, RecordTaker taker) throws IOException {
    if (!window.load(fileOffset(position), HEADER)) {
      position = end;
      return;
    }
    int offset = window.offset(fileOffset(position));
    int length = window.buffer().getInt(offset, ByteOrder.LITTLE_ENDIAN);
    int type = window.buffer().getInt(offset + Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
    if (length == 0 && type == 0) {
      skipHole();
    } else if (length < 0 && fits(position, -(long) length)) {
      claims++;
      pass(-length);
    } else if (type == PADDING_TYPE && fits(position, length)) {
      pass(length);
    } else if (isRecord(position, length, type)) {
      take(length, stored, number, taker);
    } else {
      skipTorn();
    }
  }

  /** A record by its header; intact, or damaged with an intact neighbour, or no record at all. */
  private void take(int length, long stored, long number, RecordTaker taker) throws IOException {
    if (records == 0 && position + aligned(length) == shed) {
      pass(length);
      return;
    }
    boolean intact = isIntact(position, length);
    if (!intact && !isPlausible(position + aligned(length))) {
      skipTorn();
      return;
    }
    records++;
    window.load(fileOffset(position), length);
    int offset = window.offset(fileOffset(position)) + HEADER;
    torn |= !intact;
    if (position > stored && intact) {
      taker.record(position, number, 0, window.buffer(), offset, length - HEADER);
    } else if (position > stored) {
      taker.malformed(
          position, number, "damaged in the ring", window.buffer(), offset, length - HEADER);
    }
    pass(length);
  }

  private void pass(int length) {
    position += aligned(length);
    sound = position;
  }

  /** Claims whose header was not written yet are zeros. */
  private void skipHole() throws IOException {
    long begin = position;
    while (position < end && isZero(position)) {
      position += ALIGNMENT;
    }
    claims += Math.max(1, (position - begin) / SMALLEST_CLAIM);
  }

  private boolean isZero(long at) throws IOException {
    return window.load(fileOffset(at), ALIGNMENT)
        && window.buffer().getLong(window.offset(fileOffset(at))) == 0;
  }

  private void skipTorn() throws IOException {
    torn = true;
    long begin = position;
    do {
      position += ALIGNMENT;
    } while (position < end && !isIntact(position));
    claims += Math.max(1, (position - begin) / SMALLEST_CLAIM);
  }

  private boolean isIntact(long at) throws IOException {
    if (!window.load(fileOffset(at), HEADER)) {
      return false;
    }
    int offset = window.offset(fileOffset(at));
    int length = window.buffer().getInt(offset, ByteOrder.LITTLE_ENDIAN);
    int type = window.buffer().getInt(offset + Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
    return isRecord(at, length, type) && isIntact(at, length);
  }

  private boolean isIntact(long at, int length) throws IOException {
    return window.load(fileOffset(at), length)
        && !(RecordDecoder.decode(
                window.buffer(), window.offset(fileOffset(at)) + HEADER, length - HEADER)
            instanceof MalformedRecord);
  }

  /** Whether something that a ring holds may begin here, or the end is reached. */
  private boolean isPlausible(long at) throws IOException {
    if (at == end) {
      return true;
    }
    if (!window.load(fileOffset(at), HEADER)) {
      return false;
    }
    int offset = window.offset(fileOffset(at));
    int length = window.buffer().getInt(offset, ByteOrder.LITTLE_ENDIAN);
    int type = window.buffer().getInt(offset + Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
    return length > HEADER && (type == PADDING_TYPE || isKind(type)) && length <= capacity;
  }

  private boolean isRecord(long at, int length, int type) {
    return length > HEADER && isKind(type) && length <= capacity / 8 + HEADER && fits(at, length);
  }

  private static boolean isKind(int type) {
    int kind = RingLayout.kindCode(type);
    return kind > 0 && kind < RecordKind.TABLE_SIZE;
  }

  private boolean fits(long at, long length) {
    long span = (length + ALIGNMENT - 1) & -ALIGNMENT;
    return length >= HEADER && at + span <= end && (at & (capacity - 1)) + span <= capacity;
  }

  private static long aligned(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  private long fileOffset(long at) {
    return RingLayout.RING_OFFSET + (at & (capacity - 1));
  }

  private @Nullable String damage(RingHeader header, UUID instance) {
    if (!header.hasMagic()) {
      return "is no ring file";
    }
    if (header.version() != RingLayout.VERSION) {
      return "has layout " + header.version() + ", which this version cannot read";
    }
    if (capacity == 0 || header.capacity() != capacity) {
      return "has the wrong size";
    }
    return header.instance().equals(instance) ? null : "belongs to instance " + header.instance();
  }

  /** A ring of another layout is left unread; one whose header has a flaw is still walked. */
  private boolean isReadable(RingHeader header) {
    boolean newer = header.hasMagic() && header.version() != RingLayout.VERSION;
    return capacity > 0 && !newer;
  }

  /**
   * Where unread records begin and end. The writer frees a record after it has passed it: it is
   * done with everything below queued through, and head is never further, except by the padding at
   * the end of the buffer, which is freed and no record.
   */
  private void bounds(RingHeader header, long endOfQueue) throws IOException {
    long tail = trailer(RingBufferDescriptor.TAIL_POSITION_OFFSET);
    long head = trailer(RingBufferDescriptor.HEAD_POSITION_OFFSET);
    long queued = header.queuedThrough();
    long through = isFreedPadding(queued, head, tail) ? head : queued;
    if (!isWithin(head, tail) && !isWithin(through, tail)) {
      torn = true;
      tail = (isAligned(head) ? head : Math.max(0, endOfQueue)) + capacity;
    }
    boolean throughFits = isWithin(through, tail);
    boolean headFits = isWithin(head, tail) && (head <= through || !throughFits);
    torn |= !throughFits || !headFits;
    long first = throughFits ? through : headFits ? head : tail - capacity;
    position = Math.max(first, endOfQueue);
    sound = position;
    shed = header.shedThrough();
    end = Math.max(position, tail);
    limit = headFits ? Math.max(end, head + capacity) : end;
  }

  /** Whether between these two there was padding, which may have been claimed anew since. */
  private boolean isFreedPadding(long through, long head, long tail) throws IOException {
    if (!isAligned(through) || head == through || head != endOfLap(through)) {
      return false;
    }
    end = tail;
    return isWithin(head, tail) && (tail - through > capacity || !isIntact(through));
  }

  /** A damaged tail may hide or cut records: from what was sound on, all else must be zeros. */
  private boolean findBeyondTail() throws IOException {
    long tail = end;
    end = limit;
    for (long at = sound; at < limit; at += ALIGNMENT) {
      if (!isZero(at) && isIntact(at)) {
        torn = true;
        position = at;
        return true;
      }
    }
    end = tail;
    return false;
  }

  private long endOfLap(long at) {
    return (at + capacity - 1) & -capacity;
  }

  private boolean isWithin(long at, long tail) {
    return isAligned(at) && isAligned(tail) && at <= tail && tail - at <= capacity;
  }

  private static boolean isAligned(long at) {
    return at >= 0 && at % ALIGNMENT == 0;
  }

  private long trailer(int field) throws IOException {
    long at = (long) RingLayout.RING_OFFSET + capacity + field;
    window.load(at, Long.BYTES);
    return window.buffer().getLong(window.offset(at), ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
