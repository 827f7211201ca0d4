package dev.engram.agent.core.writer;

import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to the queue and keeps it within its bounds: rolls it, gives up records of low
 * value when it is near its limit and whole old files at the limit, and stops when the disk is
 * full. Confined to the writer thread, {@link #rolls} apart.
 */
final class RecordMover implements Ring.Mover, AutoCloseable {
  private final Path folder;
  private final Ring ring;
  private final RingHeader header;
  private final RecordQueue.Opener opener;
  private final QueueSettings settings;
  private final TimeSource time;
  private final Complaints complaints;
  private final QueueClock clock;
  private final QueueBudget budget;
  private final DiskGuard disk;

  private @Nullable RecordQueue queue;
  private long number;
  private long unlooked;
  private long rollAt;
  private long syncAt;

  RecordMover(
      Path folder,
      Ring ring,
      RecordQueue.Opener opener,
      QueueSettings settings,
      TimeSource time,
      Complaints complaints) {
    this.folder = folder;
    this.ring = ring;
    this.opener = opener;
    this.header = ring.header();
    this.settings = settings;
    this.time = time;
    this.complaints = complaints;
    clock = new QueueClock(RecordQueue.ROLL_CYCLE, time.epochMillis());
    budget = new QueueBudget(settings.maxBytes());
    disk = new DiskGuard(folder, settings.diskFloor());
    rollAt = time.nanoTime() + settings.roll().toNanos();
    syncAt = time.nanoTime() + settings.syncInterval().toNanos();
  }

  boolean isOpen() {
    return queue != null;
  }

  void open() throws IOException {
    queue = opener.open(folder.resolve(HomeLayout.QUEUE), clock);
  }

  /** Whether the disk is full, so that nothing can be moved. */
  boolean isDiskFull() {
    return disk.isFull();
  }

  @Override
  public boolean move(long position, int typeId, DirectBuffer buffer, int index, int length) {
    RecordQueue open = queue;
    if (open == null || disk.isFull()) {
      return false;
    }
    long through = RingLayout.positionAfter(position, length);
    if (through <= header.queuedThrough()) {
      // A failure came between the append and this record's end in the ring.
      return true;
    }
    if (budget.isNearFull() && !RingLayout.isReserved(typeId)) {
      header.writerShed(ShedReason.QUEUE_NEAR_FULL, through);
      return true;
    }
    rollIfDue(open);
    int kindCode = RingLayout.kindCode(typeId);
    open.append(position, number + 1, kindCode, buffer, index, length);
    header.queued(++number, through);
    budget.appended(open.file(), open.fileBytes(), kindCode);
    lookIfDue(length);
    return true;
  }

  private void rollIfDue(RecordQueue open) {
    long now = time.nanoTime();
    if (now - rollAt < 0 && !budget.isFileFull()) {
      return;
    }
    sync(open);
    rollAt = now + settings.roll().toNanos();
    clock.roll();
  }

  private void lookIfDue(int length) {
    unlooked += length;
    if (unlooked >= DiskGuard.LOOK_EVERY) {
      keepBounds();
    }
  }

  /** Looks at the disk and at the queue's size, and acts on them; called at least once a second. */
  void keepBounds() {
    unlooked = 0;
    disk.look();
    ring.fullBecause(disk.isFull() ? ShedReason.DISK_FULL : ShedReason.RING_FULL);
    budget.refresh();
    RecordQueue open = queue;
    if (open != null && budget.isFull()) {
      long removed = budget.removeOldest(header);
      open.refresh();
      complaints.line(
          "queue full",
          String.format(
              "the queue in %s is full: its oldest %d records were removed;"
                  + " start the collector (engram collect) or raise engram.queue.max-bytes",
              folder, removed));
    }
  }

  void syncIfDue() {
    RecordQueue open = queue;
    long now = time.nanoTime();
    if (open != null && now - syncAt >= 0) {
      syncAt = now + settings.syncInterval().toNanos();
      sync(open);
    }
  }

  /** Where it is wanted, and there is something. */
  private void sync(RecordQueue open) {
    try {
      if (number > 0 && !settings.syncInterval().isZero()) {
        open.sync();
      }
    } catch (IOException failure) {
      complaints.line("sync", "could not sync the queue in " + folder + " (" + failure + ")");
    }
  }

  /** How often a new file was begun or is to begin. Any thread. */
  long rolls() {
    return clock.rolls();
  }

  /** Closes the queue, whatever state it is in; it may be opened again. */
  @Override
  public void close() {
    RecordQueue open = queue;
    queue = null;
    if (open == null) {
      return;
    }
    try (open) {
      sync(open);
    } catch (Throwable failure) {
      complaints.line("close", "could not close the queue in " + folder + " (" + failure + ")");
    }
  }
}
