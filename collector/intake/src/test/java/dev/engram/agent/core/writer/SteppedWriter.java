package dev.engram.agent.core.writer;

import dev.engram.agent.core.ring.Ring;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.DirectBuffer;

/**
 * The writer's real rules of moving, freeing and giving up, one step at a time and over a queue of
 * somebody else's; opens to tests outside its package what needs no opening otherwise.
 */
public final class SteppedWriter {
  /** What the queue's files are made of. */
  public interface Files {
    /** Appends one excerpt, to a new file when {@code cycle} has risen since the last. */
    void append(long cycle, long position, long number, int kindCode, byte[] record);

    /** That of the last append. */
    File file();

    /** Bytes in that file. */
    long fileBytes();

    /** Leaves the file as it is, if there is one, and says whether there is. */
    boolean leave();
  }

  /** Stands still: only files that are full are followed by new ones. */
  private static final TimeSource STILL =
      new TimeSource() {
        @Override
        public long nanoTime() {
          return 0;
        }

        @Override
        public long epochMillis() {
          return 0;
        }
      };

  /** Of all writers together, so that each complaint is said once. */
  private static final Complaints COMPLAINTS = new Complaints(STILL);

  private final Ring ring;
  private final RecordMover mover;

  public SteppedWriter(Path folder, Ring ring, Files files, long maxBytes) {
    QueueSettings settings =
        new QueueSettings(Duration.ofHours(1), maxBytes, Duration.ZERO, 0, Duration.ZERO);
    this.ring = ring;
    mover =
        new RecordMover(
            folder, ring, (queue, clock) -> open(files, clock), settings, STILL, COMPLAINTS);
    open();
  }

  /** Never into a file that is there, as the queue itself is opened. */
  private static RecordQueue open(Files files, QueueClock clock) {
    if (files.leave()) {
      clock.roll();
    }
    return new Queue(files, clock);
  }

  private void open() {
    try {
      mover.open();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a writer does that has failed. */
  public void reopen() {
    mover.close();
    open();
  }

  /** Moves at most so many records. */
  public int move(int limit) {
    return ring.drain(mover, limit);
  }

  /** The rules themselves, for a test that breaks them. */
  public Ring.Mover mover() {
    return mover;
  }

  /** Gives up the oldest files where the queue is full. */
  public void keepBounds() {
    mover.keepBounds();
  }

  private record Queue(Files files, QueueClock clock) implements RecordQueue {
    @Override
    public void append(
        long position, long number, int kindCode, DirectBuffer buffer, int index, int length) {
      byte[] record = new byte[length];
      buffer.getBytes(index, record);
      files.append(clock.currentTimeMillis(), position, number, kindCode, record);
    }

    @Override
    public File file() {
      return files.file();
    }

    @Override
    public long fileBytes() {
      return files.fileBytes();
    }

    @Override
    public void refresh() {}

    @Override
    public void sync() {}

    @Override
    public void close() {}
  }
}
