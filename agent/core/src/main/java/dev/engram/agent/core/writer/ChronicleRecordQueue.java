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
import net.openhft.chronicle.queue.impl.StoreFileListener;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.threads.BusyTimedPauser;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The queue as Chronicle Queue writes it. */
final class ChronicleRecordQueue implements RecordQueue {
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final UnsafeBuffer excerpt = new UnsafeBuffer(new byte[4 << 10]);
  private File file;
  private long writtenThrough;

  private ChronicleRecordQueue(Path folder, QueueClock clock) {
    file = folder.toFile();
    queue =
        SingleChronicleQueueBuilder.binary(folder)
            .rollCycle(ROLL_CYCLE)
            .blockSize(BLOCK_SIZE)
            .timeProvider(clock)
            .checkInterrupts(false)
            .storeFileListener(new CurrentFile())
            .build();
    releaseLock();
    appender = queue.createAppender();
  }

  /**
   * An append that could not begin its file leaves the queue's lock held by this very process, and
   * a queue that is opened anew would wait for it for ever. No other writer may hold it.
   */
  private void releaseLock() {
    try (TableStoreWriteLock lock =
        new TableStoreWriteLock(queue.metaStore(), BusyTimedPauser::new, 0L)) {
      if (lock.locked()) {
        lock.forceUnlock();
      }
    }
  }

  /** Opens the queue in {@code folder}, creating what is missing; the first time loads classes. */
  static ChronicleRecordQueue open(Path folder, QueueClock clock) throws IOException {
    QuietChronicle.initialize();
    createPrivate(folder);
    return new ChronicleRecordQueue(folder, clock);
  }

  private static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  @Override
  public void append(
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

  @Override
  public File file() {
    return file;
  }

  @Override
  public long fileBytes() {
    return writtenThrough;
  }

  @Override
  public void refresh() {
    queue.refreshDirectoryListing();
  }

  /** Through a channel, because the queue's own way needs a native library. */
  @Override
  public void sync() throws IOException {
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
