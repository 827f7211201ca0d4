package dev.engram.collector.intake;

import dev.engram.agent.record.MalformedRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;

/**
 * What lies at a position of a dead ring. Places are multiples of eight; beyond the end of a file
 * that was cut there is nothing.
 */
final class RingBytes {
  static final int HEADER = RecordDescriptor.HEADER_LENGTH;
  static final int ALIGNMENT = RecordDescriptor.ALIGNMENT;
  private static final int PADDING_TYPE = -1;

  private final FileWindow window;
  private final int capacity;

  RingBytes(FileWindow window, int capacity) {
    this.window = window;
    this.capacity = capacity;
  }

  /** Whether the file reaches here. */
  boolean isPresent(long at) throws IOException {
    return window.load(fileOffset(at), HEADER);
  }

  /** A claim whose header was not written yet, or what nobody claimed. */
  boolean isZero(long at) throws IOException {
    return isPresent(at) && window.buffer().getLong(window.offset(fileOffset(at))) == 0;
  }

  /** The length that stands here; negative while a claim is not committed, 0 beyond the file. */
  int length(long at) throws IOException {
    return intAt(at, RecordDescriptor.lengthOffset(0));
  }

  private int type(long at) throws IOException {
    return intAt(at, RecordDescriptor.typeOffset(0));
  }

  private int intAt(long at, int offset) throws IOException {
    return isPresent(at)
        ? window.buffer().getInt(window.offset(fileOffset(at)) + offset, ByteOrder.LITTLE_ENDIAN)
        : 0;
  }

  /** Whether a whole record is here: its length and checksum say so. */
  boolean isIntact(long at) throws IOException {
    int length = length(at);
    return length > HEADER
        && isPossible(at, length)
        && !(RecordDecoder.decode(load(at, length), offset(at), length - HEADER)
            instanceof MalformedRecord);
  }

  /** Whether the rest of the lap is passed over from here. */
  boolean isPadding(long at) throws IOException {
    return type(at) == PADDING_TYPE && length(at) > 0 && after(at, length(at)) == endOfLap(at);
  }

  /** Whether this looks like a record, whatever its checksum says. */
  boolean isCommitted(long at) throws IOException {
    return length(at) > HEADER && isKind(type(at));
  }

  /**
   * Where the next one begins if the length that stands here, committed or not, is right; -1 when
   * nothing that a ring holds begins there.
   */
  long next(long at, long limit) throws IOException {
    long length = Math.abs((long) length(at));
    if (length < HEADER || !isPossible(at, length)) {
      return -1;
    }
    long next = after(at, length);
    boolean plausible = next == limit || isZero(next) || isPadding(next) || isHeader(next);
    return next <= limit && plausible ? next : -1;
  }

  private boolean isHeader(long at) throws IOException {
    return isPossible(at, Math.abs((long) length(at))) && (length(at) < 0 || isCommitted(at));
  }

  /**
   * Whether whole records, one after the other, lead from here to {@code target} or beyond, or to
   * the end of the file.
   */
  boolean leadsTo(long target, long from) throws IOException {
    long at = from;
    while (at < target && isPresent(at) && (isIntact(at) || isPadding(at))) {
      at = after(at, length(at));
    }
    return at >= target || isCut(at);
  }

  private boolean isCut(long at) throws IOException {
    int length = length(at);
    boolean plausible = length > HEADER && length <= capacity / 8 + HEADER;
    return !isPresent(at) || plausible && !window.load(fileOffset(at), length);
  }

  private boolean isPossible(long at, long length) throws IOException {
    return length <= capacity / 8 + HEADER
        && after(at, length) <= endOfLap(at)
        && window.load(fileOffset(at), (int) length);
  }

  /** The bytes from the header here on; valid until something else is asked for. */
  DirectBuffer load(long at, int length) throws IOException {
    window.load(fileOffset(at), length);
    return window.buffer();
  }

  /** Where in the loaded bytes the record behind the header here begins. */
  int offset(long at) {
    return window.offset(fileOffset(at)) + HEADER;
  }

  long endOfLap(long at) {
    return (at + capacity) & -capacity;
  }

  static long after(long at, long length) {
    return at + ((length + ALIGNMENT - 1) & -ALIGNMENT);
  }

  private static boolean isKind(int type) {
    int kind = RingLayout.kindCode(type);
    return kind > 0 && kind < RecordKind.TABLE_SIZE;
  }

  private long fileOffset(long at) {
    return RingLayout.RING_OFFSET + (at & (capacity - 1));
  }
}
