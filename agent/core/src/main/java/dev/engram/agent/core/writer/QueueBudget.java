package dev.engram.agent.core.writer;

import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.RingHeader;
import java.io.File;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the queue's files take on disk, against what they may take, and what is in each of them by
 * kind. Files that the collector removed stop counting at the next {@link #refresh}. Confined to
 * the writer thread.
 */
final class QueueBudget {
  /** Files are cut so that giving up the oldest one frees a small part. */
  private static final int FILES = 16;

  private final long maxBytes;
  private final Deque<QueueFile> files = new ArrayDeque<>();
  private long bytes;

  QueueBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Notes a record in {@code file}, which is {@code fileBytes} long with it. */
  void appended(File file, long fileBytes, int kindCode) {
    QueueFile newest = files.peekLast();
    if (newest == null || !newest.file.equals(file)) {
      newest = new QueueFile(file);
      files.addLast(newest);
    }
    bytes += fileBytes - newest.bytes;
    newest.bytes = fileBytes;
    newest.records[kindCode & (RecordKind.TABLE_SIZE - 1)]++;
  }

  /** Whether the current file is so large that a new one should begin. */
  boolean isFileFull() {
    QueueFile newest = files.peekLast();
    return newest != null && newest.bytes >= maxBytes / FILES;
  }

  /** From here on records of low value are given up. */
  boolean isNearFull() {
    return bytes >= maxBytes / 100 * 80;
  }

  boolean isFull() {
    return bytes >= maxBytes;
  }

  /** Forgets files that somebody else removed. */
  void refresh() {
    QueueFile newest = files.peekLast();
    files.removeIf(file -> file != newest && !file.file.exists());
    bytes = files.stream().mapToLong(file -> file.bytes).sum();
  }

  /**
   * Removes the oldest files until the queue is below its limit; never the current one.
   *
   * @return how many records went with them, all counted in {@code header}
   */
  long removeOldest(RingHeader header) {
    long removed = 0;
    while (isFull() && files.size() > 1) {
      QueueFile oldest = files.removeFirst();
      bytes -= oldest.bytes;
      if (oldest.file.delete()) {
        removed += oldest.countDropped(header);
      }
    }
    return removed;
  }

  /** One file of the queue. */
  private static final class QueueFile {
    final File file;
    final long[] records = new long[RecordKind.TABLE_SIZE];
    long bytes;

    QueueFile(File file) {
      this.file = file;
    }

    long countDropped(RingHeader header) {
      long sum = 0;
      for (int kindCode = 0; kindCode < records.length; kindCode++) {
        if (records[kindCode] > 0) {
          header.addQueueDropped(kindCode, records[kindCode]);
          sum += records[kindCode];
        }
      }
      return sum;
    }
  }
}
