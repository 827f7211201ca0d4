package dev.engram.agent.core.ring;

import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The records that the service has written and the writer has not moved yet, over the bytes of a
 * ring file.
 *
 * <p>{@link #offer} and {@link #failed} may be called by any thread: they take no lock, never block
 * and never throw. {@link #drain} belongs to the one writer thread. A claim whose thread died is
 * never unblocked here: with a live thread behind it that would tear its record.
 */
public final class Ring {
  /** No record is larger, whatever the ring's size: the queue takes a quarter of its block. */
  private static final int LARGEST_RECORD = 512 << 10;

  private final RingHeader header;
  private final ManyToOneRingBuffer messages;
  private final int ordinaryRoom;
  private final int reservedRoom;
  private final int maxRecordLength;
  private volatile ShedReason fullReason = ShedReason.RING_FULL;
  private volatile boolean broken;

  /** A ring over a whole ring file that was initialised. */
  public Ring(AtomicBuffer file) {
    this(new RingHeader(file), messages(file));
  }

  /**
   * A ring over the two parts of a ring file.
   *
   * @param messages everything from {@link RingLayout#RING_OFFSET} on
   */
  public Ring(RingHeader header, AtomicBuffer messages) {
    this.header = header;
    this.messages = new ManyToOneRingBuffer(messages);
    ordinaryRoom = capacity() - capacity() / 4;
    reservedRoom = capacity() - capacity() / 16;
    maxRecordLength = maxRecordLength(capacity());
  }

  private static AtomicBuffer messages(AtomicBuffer file) {
    int length = new RingHeader(file).capacity() + RingBufferDescriptor.TRAILER_LENGTH;
    return new UnsafeBuffer(file, RingLayout.RING_OFFSET, length);
  }

  /** The largest record that a ring of this capacity takes, in bytes. */
  public static int maxRecordLength(int capacity) {
    return Math.min(capacity / 16, LARGEST_RECORD);
  }

  /**
   * Writes one record if there is room for its worth, and counts what became of it.
   *
   * @return whether it was committed
   */
  public boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    if (broken) {
      failed();
      return false;
    }
    int stripe = stripe();
    header.raiseOffered(stripe, 1);
    ShedReason refusal = write(kind, worth, buffer, offset, length);
    if (refusal != null) {
      header.raiseShed(stripe, refusal, 1);
    }
    header.raiseAnswered(stripe, 1);
    return refusal == null;
  }

  /** Counts a record that was given up before it could be offered. */
  public void failed() {
    shed(ShedReason.FAILED, 1);
  }

  /** Counts records that were given up without being offered to this ring. */
  public void shed(ShedReason reason, long records) {
    int stripe = stripe();
    header.raiseOffered(stripe, records);
    header.raiseShed(stripe, reason, records);
    header.raiseAnswered(stripe, records);
  }

  /** By identity: a thread's id may be asked of the application's code. */
  private static int stripe() {
    return RingHeader.stripe(System.identityHashCode(Thread.currentThread()));
  }

  private @Nullable ShedReason write(
      RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    if (length > maxRecordLength) {
      return ShedReason.TOO_LARGE;
    }
    boolean reserved = worth == Worth.RESERVED;
    if (messages.size() + length > room(kind, reserved)) {
      return fullReason;
    }
    try {
      int typeId = RingLayout.typeId(kind.code(), reserved);
      return messages.write(typeId, buffer, offset, length) ? null : fullReason;
    } catch (InternalError unbackedPage) {
      broken = true;
      return ShedReason.FAILED;
    } catch (Throwable unexpected) {
      return ShedReason.FAILED;
    }
  }

  /** Nothing but the small notes of ends takes the last of it: failures alone can fill the rest. */
  private int room(RecordKind kind, boolean reserved) {
    if (kind == RecordKind.ENDED) {
      return capacity();
    }
    return reserved ? reservedRoom : ordinaryRoom;
  }

  /** Takes one record out of the ring. Called on the writer thread. */
  public interface Mover {
    /**
     * Moves the record in {@code length} bytes from {@code index}.
     *
     * @param position the record's ring position
     * @param typeId kind and worth, as {@link RingLayout#typeId} has them
     * @return false to leave it, and everything after it, where it is
     */
    boolean move(long position, int typeId, DirectBuffer buffer, int index, int length);
  }

  /**
   * Hands the oldest records to {@code mover} and frees those it took. What it threw at or refused
   * stays: nothing is freed before it has been moved.
   *
   * @return how many were taken
   */
  public int drain(Mover mover, int limit) {
    Drain drain = new Drain(mover, messages.consumerPosition() & -messages.capacity());
    int taken = messages.controlledRead(drain, limit);
    if (drain.failure != null) {
      throw drain.failure;
    }
    if (drain.error != null) {
      throw drain.error;
    }
    return taken;
  }

  /**
   * One call of {@link #drain}, which never crosses the end of the buffer: a record's place in it
   * plus the turns the ring has made so far is its position. Nothing may be thrown through the
   * ring, because it frees a record that its handler threw at.
   */
  private static final class Drain implements ControlledMessageHandler {
    private final Mover mover;
    private final long turns;
    private @Nullable RuntimeException failure;
    private @Nullable Error error;

    Drain(Mover mover, long turns) {
      this.mover = mover;
      this.turns = turns;
    }

    @Override
    public Action onMessage(int typeId, MutableDirectBuffer buffer, int index, int length) {
      long position = turns + index - RecordDescriptor.HEADER_LENGTH;
      try {
        return mover.move(position, typeId, buffer, index, length) ? Action.CONTINUE : Action.ABORT;
      } catch (RuntimeException thrown) {
        failure = thrown;
      } catch (Error thrown) {
        error = thrown;
      }
      return Action.ABORT;
    }
  }

  /** Why the writer leaves records in the ring, which is then why a full ring refuses more. */
  public void fullBecause(ShedReason reason) {
    fullReason = reason;
  }

  /** Whether a store into the file failed, so that the ring can no longer be used. */
  public boolean isBroken() {
    return broken;
  }

  /** Bytes claimed and not yet freed. */
  public int size() {
    return messages.size();
  }

  public int capacity() {
    return messages.capacity();
  }

  public RingHeader header() {
    return header;
  }
}
