package dev.engram.agent.core.writer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.queue.RollCycles;
import org.agrona.DirectBuffer;

/**
 * The queue on disk, open for appending. Confined to the writer thread. Every method may throw what
 * the file system makes of a full disk or a folder that is gone; the queue is then closed and may
 * be opened anew.
 */
interface RecordQueue extends AutoCloseable {
  RollCycles ROLL_CYCLE = RollCycles.FIVE_MINUTELY;
  int BLOCK_SIZE = 4 << 20;

  /** How a queue is opened, creating what is missing. */
  interface Opener {
    RecordQueue open(Path folder, QueueClock clock) throws IOException;
  }

  /**
   * Appends one excerpt whole, or throws and has appended nothing.
   *
   * @throws java.io.UncheckedIOException when the disk has no room for it
   */
  void append(long position, long number, int kindCode, DirectBuffer buffer, int index, int length);

  /** The file of the last append. */
  File file();

  /** Bytes which that file takes on disk. */
  long fileBytes();

  /** Tells the queue's listing that files were removed. */
  void refresh();

  /** Forces what was appended to the current file to disk; waits for the disk. */
  void sync() throws IOException;

  @Override
  void close() throws IOException;
}
