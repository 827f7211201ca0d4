package dev.engram.agent.core.writer;

import dev.engram.agent.core.ring.BackedFile;
import dev.engram.agent.record.ring.Excerpt;
import dev.engram.agent.record.ring.TrustedPaths;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.threads.BusyTimedPauser;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The queue as Chronicle Queue writes it: by stores into mapped files. Each file is created here
 * and backed well beyond what Chronicle stores next, so that a disk without a byte left fails
 * before an append and never within one. Only files that this very queue created are appended to:
 * of others it is not known how far they are backed, or whether their last excerpt is whole.
 */
final class ChronicleRecordQueue implements RecordQueue {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * What Chronicle may store around an excerpt: a file's head with its two arrays of 16 KiB, one
   * more such array after an excerpt, and the file's end mark.
   */
  private static final long AROUND_EXCERPT = 64 << 10;

  /** What a file grows by; a small write each time, and little to waste in its last part. */
  private static final long STEP = 64 << 10;

  private static final DateTimeFormatter FILE_NAME =
      DateTimeFormatter.ofPattern(ROLL_CYCLE.format(), Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Not seen by whoever lists the queue's files. */
  private static final String NEW_FILE = "new";

  /** Nobody else appends, so that what is incomplete stays so: there is nothing to wait for. */
  private static final long TIMEOUT_MILLIS = 100;

  private final Path folder;
  private final QueueClock clock;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final UnsafeBuffer excerpt = new UnsafeBuffer(new byte[4 << 10]);
  private File file;
  private @Nullable BackedFile backing;
  private long cycleMillis;
  private long writtenThrough;

  private ChronicleRecordQueue(Path folder, QueueClock clock) {
    this.folder = folder;
    this.clock = clock;
    file = folder.toFile();
    queue =
        SingleChronicleQueueBuilder.binary(folder)
            .rollCycle(ROLL_CYCLE)
            .blockSize(BLOCK_SIZE)
            .timeProvider(clock)
            .timeoutMS(TIMEOUT_MILLIS)
            .checkInterrupts(false)
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
    backMetadata(folder.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE));
    leaveFile(folder, clock);
    return new ChronicleRecordQueue(folder, clock);
  }

  private static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    TrustedPaths.requireOwn(folder);
  }

  private static void backMetadata(Path metadata) throws IOException {
    if (!Files.exists(metadata, LinkOption.NOFOLLOW_LINKS)) {
      BackedFile.create(metadata, STEP, PRIVATE).close();
    }
    TrustedPaths.requireOwn(metadata);
  }

  /** Rolls from a file that is there; one that holds nothing must not be met by Chronicle. */
  private static void leaveFile(Path folder, QueueClock clock) throws IOException {
    Path used = cycleFile(folder, clock);
    if (Files.exists(used, LinkOption.NOFOLLOW_LINKS)) {
      if (!hasHead(used)) {
        Files.delete(used);
      }
      clock.roll();
    }
  }

  /** Whether the document that describes the file was completed. */
  private static boolean hasHead(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
      return Integer.reverseBytes(in.readInt()) > 0;
    } catch (EOFException empty) {
      return false;
    }
  }

  private static Path cycleFile(Path folder, QueueClock clock) {
    long cycle = ROLL_CYCLE.current(clock, 0);
    Instant start = Instant.ofEpochMilli(cycle * ROLL_CYCLE.lengthInMillis());
    return folder.resolve(FILE_NAME.format(start) + SingleChronicleQueue.SUFFIX);
  }

  @Override
  public void append(
      long position, long number, int kindCode, DirectBuffer buffer, int index, int length) {
    int excerptLength = Excerpt.RECORD_OFFSET + length;
    frame(position, number, kindCode, buffer, index, length);
    back(excerptLength + AROUND_EXCERPT);
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

  private void back(long room) {
    try {
      BackedFile current = backing;
      if (current == null || cycleMillis != clock.currentTimeMillis()) {
        begin(room);
      } else if (writtenThrough + room > current.backed()) {
        current.back(steps(writtenThrough + room));
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /** The file gets its name when it is backed, so that no reader holds one that is given up. */
  private void begin(long room) throws IOException {
    Path next = cycleFile(folder, clock);
    Path begun = folder.resolve(NEW_FILE);
    Files.deleteIfExists(begun);
    BackedFile created = BackedFile.create(begun, steps(room), PRIVATE);
    closeBacking();
    backing = created;
    Files.move(begun, next, StandardCopyOption.ATOMIC_MOVE);
    file = next.toFile();
    cycleMillis = clock.currentTimeMillis();
    writtenThrough = 0;
  }

  private static long steps(long length) {
    return (length + STEP - 1) / STEP * STEP;
  }

  private void closeBacking() throws IOException {
    BackedFile current = backing;
    backing = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public File file() {
    return file;
  }

  @Override
  public long fileBytes() {
    BackedFile current = backing;
    return current == null ? 0 : current.backed();
  }

  @Override
  public void refresh() {
    queue.refreshDirectoryListing();
  }

  /** Through a channel, because the queue's own way needs a native library. */
  @Override
  public void sync() throws IOException {
    BackedFile current = backing;
    if (current != null) {
      current.sync();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      queue.close();
    } finally {
      closeBacking();
    }
  }
}
