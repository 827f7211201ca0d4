package dev.engram.collector.intake;

import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The ring of a dead instance: takes the committed records that the queue has not, in order.
 *
 * <p>Trusts nothing in the file. Where a record should begin and none does, it looks eight bytes on
 * for the next whose checksum holds, so that a damaged length takes no neighbour with it. What a
 * producer claimed and never committed is skipped: it was left by the kill, the promise covers what
 * was committed.
 */
final class DeadRing implements Closeable {
  private static final int ALIGNMENT = RingBytes.ALIGNMENT;
  private static final int HEADER = RingBytes.HEADER;
  private static final int SMALLEST_CAPACITY = 1024;
  private static final int LARGEST_CAPACITY = 1 << 30;

  /** The smallest claim: a header and one more unit. */
  private static final int SMALLEST_CLAIM = 2 * ALIGNMENT;

  private final FileWindow window;
  private final int capacity;
  private final RingBytes bytes;
  private final @Nullable String damage;
  private final RingBounds bounds;
  private final long shed;
  private long position;
  private long records;
  private long claims;
  private boolean metGap;
  private boolean torn;

  /**
   * Opens a ring file.
   *
   * @param instance whose it must be
   * @param header a copy of the file's header; empty when the file is too short for one
   */
  DeadRing(Path file, UUID instance, Optional<RingHeader> header, QueueEnd queueEnd)
      throws IOException {
    window = new FileWindow(file);
    capacity = header.isPresent() ? capacity(header.get()) : 0;
    bytes = new RingBytes(window, capacity);
    damage = header.isEmpty() ? "is cut" : damage(header.get(), instance);
    boolean readable = header.isPresent() && isReadable(header.get());
    bounds = readable ? bounds(header.get(), queueEnd) : new RingBounds(0, 0, 0, false, true);
    shed = readable ? header.get().shedThrough() : -1;
    torn = !bounds.agree();
    position = bounds.begin();
  }

  /** The file's size tells it too, unless it was cut. A power of two is hardly so by accident. */
  private int capacity(RingHeader header) throws IOException {
    if (isCapacity(header.capacity())) {
      return header.capacity();
    }
    long size = window.fileSize() - RingLayout.fileLength(0);
    return isCapacity(size) ? (int) size : 0;
  }

  private static boolean isCapacity(long size) {
    return size >= SMALLEST_CAPACITY && size <= LARGEST_CAPACITY && Long.bitCount(size) == 1;
  }

  private @Nullable String damage(RingHeader header, UUID instance) throws IOException {
    if (!header.hasMagic()) {
      return "is no ring file";
    }
    if (header.version() != RingLayout.VERSION) {
      return "has layout " + header.version() + ", which this version cannot read";
    }
    if (capacity == header.capacity() && window.fileSize() < RingLayout.fileLength(capacity)) {
      return "is cut";
    }
    if (capacity != header.capacity() || window.fileSize() > RingLayout.fileLength(capacity)) {
      return "has the wrong size";
    }
    return header.instance().equals(instance) ? null : "belongs to instance " + header.instance();
  }

  /** A ring of another layout is left unread; one whose header has a flaw is still walked. */
  private boolean isReadable(RingHeader header) {
    boolean newer = header.hasMagic() && header.version() != RingLayout.VERSION;
    return capacity > 0 && !newer;
  }

  private RingBounds bounds(RingHeader header, QueueEnd queueEnd) throws IOException {
    long head = trailer(RingBufferDescriptor.HEAD_POSITION_OFFSET);
    long tail = trailer(RingBufferDescriptor.TAIL_POSITION_OFFSET);
    return RingBounds.of(header, queueEnd, capacity, head, tail);
  }

  private long trailer(int field) throws IOException {
    long at = (long) RingLayout.RING_OFFSET + capacity + field;
    return window.load(at, Long.BYTES)
        ? window.buffer().getLong(window.offset(at), ByteOrder.LITTLE_ENDIAN)
        : -1;
  }

  /**
   * Gives records to {@code taker} while it has room, except those at or below {@code stored},
   * which are only counted.
   *
   * @param number the number of the queue's last excerpt, passed on unchanged
   * @return whether all were given
   */
  boolean drain(long stored, long number, RecordTaker taker) throws IOException {
    while (position < bounds.limit()) {
      if (!taker.hasRoom()) {
        return false;
      }
      step(stored, number, taker);
    }
    return true;
  }

  /** What the drain came to, once it is done. */
  RingDrain result() {
    return new RingDrain(records, claims, damage == null && torn ? "is damaged" : damage);
  }

  private void step(long stored, long number, RecordTaker taker) throws IOException {
    if (!bytes.isPresent(position)) {
      skip(Math.min(bounds.limit(), bytes.endOfLap(position)));
    } else if (bytes.isZero(position)) {
      skipZeros();
    } else if (bytes.isIntact(position)) {
      take(stored, number, taker);
    } else if (bytes.isPadding(position)) {
      position = bytes.endOfLap(position);
    } else {
      passDamaged(stored, number, taker);
    }
  }

  /** Nothing was claimed behind the tail; where it is known, zeros there are no claims. */
  private void skipZeros() throws IOException {
    long begin = position;
    while (position < bounds.limit() && bytes.isZero(position)) {
      position += ALIGNMENT;
    }
    metGap = true;
    countClaims(begin, Math.min(position, bounds.known()));
  }

  private void take(long stored, long number, RecordTaker taker) throws IOException {
    torn |= position >= bounds.known();
    if (isFreedSoon()) {
      countClaims(position, bounds.hasTail() ? position : bounds.limit());
      position = bounds.limit();
      return;
    }
    int length = bytes.length(position);
    long next = RingBytes.after(position, length);
    if (records > 0 || next != shed) {
      records++;
      if (position > stored) {
        taker.record(
            position,
            number,
            0,
            bytes.load(position, length),
            bytes.offset(position),
            length - HEADER);
      }
    }
    position = next;
  }

  /**
   * What the writer has queued and not freed yet lies a lap before the first unread record, and so
   * leads up to where that one would come again.
   */
  private boolean isFreedSoon() throws IOException {
    return position >= bounds.known()
        && (bounds.hasTail() || metGap)
        && bytes.leadsTo(bounds.begin() + capacity, position);
  }

  /** A claim that was never committed, a record that was damaged, or bytes that tell nothing. */
  private void passDamaged(long stored, long number, RecordTaker taker) throws IOException {
    long begin = position;
    boolean committed = bytes.isCommitted(begin);
    long end = bytes.next(begin, bounds.limit());
    long next = nextIntact(begin, end, committed);
    // A claim that was not committed has a negative length; any other header was changed.
    torn |= bytes.length(begin) > 0 || next != end;
    if (committed && end >= 0) {
      records++;
      int length = (int) Math.min(bytes.length(begin), next - begin);
      if (begin > stored) {
        taker.malformed(
            begin,
            number,
            "damaged in the ring",
            bytes.load(begin, length),
            bytes.offset(begin),
            length - HEADER);
      }
      position = next;
    } else if (next == end) {
      claims++;
      position = next;
    } else {
      skip(next);
    }
  }

  /**
   * The next record, at the latest at {@code end} if the length led there. A claim holds what a
   * producer was copying, and that may look like a record: it is one only if more follow it to the
   * claim's end, for then the length had covered them, or if nothing was copied yet.
   */
  private long nextIntact(long begin, long end, boolean committed) throws IOException {
    boolean claim = end >= 0 && !committed && !bytes.isZero(begin + HEADER);
    long last = end >= 0 ? end : begin < bounds.known() ? bounds.known() : bounds.limit();
    long next = begin + ALIGNMENT;
    while (next < last && !(bytes.isIntact(next) && (!claim || bytes.leadsTo(end, next)))) {
      next = bytes.isPresent(next) ? next + ALIGNMENT : bytes.endOfLap(next);
    }
    return Math.min(next, last);
  }

  private void skip(long next) {
    torn = true;
    metGap = true;
    countClaims(position, next);
    position = next;
  }

  private void countClaims(long begin, long end) {
    if (begin < end) {
      claims += Math.max(1, (end - begin) / SMALLEST_CLAIM);
    }
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
