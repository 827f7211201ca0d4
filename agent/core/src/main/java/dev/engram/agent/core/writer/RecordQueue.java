package dev.engram.agent.core.writer;

import dev.engram.agent.record.ring.Excerpt;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.StoreFileListener;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The queue on disk, open for appending. Confined to the writer thread. Every method may throw what
 * the file system makes of a full disk or a folder that is gone; the queue is then closed and may
 * be opened anew.
 */
final class RecordQueue implements AutoCloseable {
  static final RollCycles ROLL_CYCLE = RollCycles.FIVE_MINUTELY;
  static final int BLOCK_SIZE = 4 << 20;

  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final UnsafeBuffer excerpt = new UnsafeBuffer(new byte[4 << 10]);
  private File file;
  private long writtenThrough;

  private RecordQueue(Path folder, QueueClock clock) {
    file = folder.toFile();
    queue =
        SingleChronicleQueueBuilder.binary(folder)
            .rollCycle(ROLL_CYCLE)
            .blockSize(BLOCK_SIZE)
            .timeProvider(clock)
            .checkInterrupts(false)
            .storeFileListener(new CurrentFile())
            .build();
    appender = queue.createAppender();
  }

  /** Opens the queue in {@code folder}, creating what is missing; the first time loads classes. */
  static RecordQueue open(Path folder, QueueClock clock) throws IOException {
    QuietChronicle.initialize();
    createPrivate(folder);
    return new RecordQueue(folder, clock);
  }

  private static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Appends one excerpt whole, or throws and has appended nothing. */
  void append(
      long position, long number, int kindCode, DirectBuffer buffer, int index, int length) {
    int excerptLength = Excerpt.RECORD_OFFSET + length;
    frame(position, number, kindCode, buffer, index, length);
    try (DocumentContext document = appender.writingDocument()) {
      try {
        Bytes<?> bytes = document.wire().bytes();
        bytes.write(excerpt.byteArray(), 0, excerptLength);
        writtenThrough = bytes.writePosition();
      } catch (Throwable failure) {
        document.rollbackOnClose();
        throw failure;
      }
    }
  }

  private void frame(
      long position, long number, int kindCode, DirectBuffer buffer, int index, int length) {
    if (excerpt.capacity() < Excerpt.RECORD_OFFSET + length) {
      excerpt.wrap(new byte[Excerpt.RECORD_OFFSET + 2 * length]);
    }
    excerpt.putLong(Excerpt.POSITION_OFFSET, position, ByteOrder.LITTLE_ENDIAN);
    excerpt.putLong(Excerpt.NUMBER_OFFSET, number, ByteOrder.LITTLE_ENDIAN);
    excerpt.putInt(Excerpt.KIND_OFFSET, kindCode, ByteOrder.LITTLE_ENDIAN);
    excerpt.putInt(Excerpt.LENGTH_OFFSET, length, ByteOrder.LITTLE_ENDIAN);
    excerpt.putBytes(Excerpt.RECORD_OFFSET, buffer, index, length);
  }

  /** The file of the last append. */
  File file() {
    return file;
  }

  /** Bytes used in that file. */
  long fileBytes() {
    return writtenThrough;
  }

  /** Tells the queue's listing that files were removed. */
  void refresh() {
    queue.refreshDirectoryListing();
  }

  /**
   * Forces what was appended to the current file to disk; waits for the disk. Through a channel,
   * because the queue's own way needs a native library.
   */
  void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(file.toPath(), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    queue.close();
  }

  /** Follows which file the appender writes, and keeps it private. */
  private final class CurrentFile implements StoreFileListener {
    @Override
    public void onAcquired(int cycle, File acquired) {
      file = acquired;
      makePrivate(acquired.toPath());
    }

    private static void makePrivate(Path path) {
      try {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      } catch (IOException tolerated) {
        // The folder above is private already.
      }
    }

    @Override
    public void onReleased(int cycle, File released) {}
  }
}
