package dev.engram.collector.intake;

import dev.engram.agent.record.ring.Excerpt;
import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.collector.store.Checkpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows the queue of one instance from a checkpoint on, over all its cycle files.
 *
 * <p>An excerpt counts once: by its number it is either behind the checkpoint, the next one, or
 * after a gap. Gaps are given on as lost records. A file is done when its end was read and a later
 * one exists, or when its writer is gone.
 */
final class QueueTail implements Closeable {
  private static final String SUFFIX = ".cq4";

  /** A quiet file is seldom superseded without an end mark: the folder is not listed each time. */
  private static final int POLLS_PER_LISTING = 16;

  /** The writer removed whole cycles because the queue was at its limit. */
  static final String QUEUE_FULL = "queue_full";

  /** They lay in a file, or a part of one, that could not be read. */
  static final String QUARANTINED = "quarantined";

  /** Somebody removed the instance's folder before they were read. */
  static final String REMOVED = "removed";

  private final Path folder;
  private final FrameCheck check;
  private final Quarantine quarantine;
  private final TreeMap<String, Path> files = new TreeMap<>();
  private final List<ReadFile> done = new ArrayList<>();
  private final long resumePlace;
  private final long resumePosition;
  private final long resumeNumber;
  private @Nullable CycleFile current;
  private boolean writerGone;
  private int quietPolls;
  private boolean damaged;
  private boolean gapExplained;
  private boolean begun;
  private long lastNumber;
  private long lastPosition;
  private long walkedNumber;
  private QueueEnd end = QueueEnd.NONE;

  /** A file that was read to its end, and the number of the last excerpt read until then. */
  private record ReadFile(Path path, long lastNumber, boolean damaged) {}

  QueueTail(InstanceFolder instance, Checkpoint from, Quarantine quarantine) {
    folder = instance.queue();
    check = new FrameCheck(instance);
    this.quarantine = quarantine;
    lastNumber = from.number();
    lastPosition = from.position();
    resumeNumber = from.number();
    resumePosition = from.position();
    resumePlace = from.queueIndexHint();
  }

  /** Nothing is appended any more: what follows the last whole excerpt is damage or its end. */
  void writerGone() {
    writerGone = true;
  }

  /** Gives new excerpts to {@code taker} while it has room and there are some. */
  void poll(RecordTaker taker) throws IOException {
    while (taker.hasRoom()) {
      if (current == null && !openNext()) {
        return;
      }
      boolean superseded = hasLater();
      switch (current().next()) {
        case EXCERPT -> take(taker);
        case QUIET -> {
          if (!moveOn(superseded, quietPolls++ % POLLS_PER_LISTING == 0)) {
            return;
          }
        }
        case END -> {
          if (!moveOn(superseded, true)) {
            return;
          }
        }
        case DAMAGED -> {
          if (!moveOnFromDamage()) {
            return;
          }
        }
        case FOREIGN -> {
          if (!setForeignAside()) {
            return;
          }
        }
      }
    }
  }

  /** The number of the last excerpt that was read or found to be lost. */
  long lastNumber() {
    return lastNumber;
  }

  /** The last excerpt that was met whole in the files. */
  QueueEnd end() {
    return end;
  }

  /**
   * Says that the writer appended {@code appended} excerpts in all: what was not found is lost, for
   * this reason. Only at the end of the queue of an instance that is gone.
   */
  void endAt(long appended, String reason, RecordTaker taker) {
    if (appended > lastNumber) {
      taker.lost(appended, reason, appended - lastNumber);
      lastNumber = appended;
    }
  }

  /**
   * Removes files whose excerpts are all stored, and keeps damaged ones in quarantine; the caller
   * has synced the store. Of a writer that is gone the last excerpt stays: only the queue tells a
   * later collector that the ring's record at that position is one and the same.
   */
  void removeStored(long storedNumber) throws IOException {
    for (ReadFile file : List.copyOf(done)) {
      if (file.lastNumber > storedNumber || writerGone && hasLastExcerpt(file)) {
        return;
      }
      keepIfDamaged(file);
      Files.deleteIfExists(file.path);
      done.remove(file);
    }
  }

  private boolean hasLastExcerpt(ReadFile file) {
    return file.lastNumber == done.get(done.size() - 1).lastNumber;
  }

  /** Keeps damaged files in quarantine; the folder is left whole, so that this can be repeated. */
  void keepDamaged() throws IOException {
    for (ReadFile file : done) {
      keepIfDamaged(file);
    }
  }

  private void keepIfDamaged(ReadFile file) throws IOException {
    if (file.damaged) {
      quarantine.keep(file.path, "is damaged or of an unknown version");
    }
  }

  boolean hasRemovable() {
    return !done.isEmpty();
  }

  private CycleFile current() {
    if (current == null) {
      throw new IllegalStateException("no cycle file is open");
    }
    return current;
  }

  private boolean openNext() throws IOException {
    list();
    while (!files.isEmpty()) {
      Path path = files.pollFirstEntry().getValue();
      try {
        TrustedPaths.requireOwn(path);
        current = new CycleFile(path);
      } catch (NoSuchFileException removedByItsWriter) {
        continue;
      }
      if (current.resumeAfter(resumePlace, resumePosition, resumeNumber)) {
        end = endOf(current.frame());
        walkedNumber = resumeNumber;
      }
      begun = false;
      damaged = false;
      return true;
    }
    return false;
  }

  /** Whether a later file exists, so that this one grows no more. */
  private boolean hasLater() {
    return writerGone || !files.isEmpty();
  }

  /** Called at the end of what is there; true when there may be more to read. */
  private boolean moveOn(boolean superseded, boolean look) throws IOException {
    if (!superseded) {
      if (look) {
        list();
      }
      return hasLater();
    }
    if (current().skipDamage(Math.max(lastNumber, walkedNumber))) {
      damaged = true;
      return true;
    }
    finish();
    return true;
  }

  private boolean moveOnFromDamage() throws IOException {
    damaged = true;
    list();
    return hasLater() && moveOn(true, false);
  }

  private boolean setForeignAside() throws IOException {
    list();
    if (!hasLater()) {
      return false;
    }
    damaged = true;
    finish();
    return true;
  }

  private void finish() throws IOException {
    CycleFile file = current();
    file.close();
    current = null;
    gapExplained |= damaged;
    done.add(new ReadFile(file.path(), lastNumber, damaged));
  }

  private void take(RecordTaker taker) throws IOException {
    QueueFrame frame = current().frame();
    boolean believed = check.holds(frame, end, walkedNumber, current(), laterFile());
    // Within a file no excerpt is ever missing.
    damaged |= !believed || begun && frame.number() > walkedNumber + 1;
    begun = true;
    walkedNumber = believed ? frame.number() : walkedNumber + 1;
    if (believed && frame.number() > end.number()) {
      end = endOf(frame);
    }
    if (walkedNumber > lastNumber) {
      give(frame, believed, taker);
    }
  }

  private @Nullable Path laterFile() {
    return files.isEmpty() ? null : files.firstEntry().getValue();
  }

  private void give(QueueFrame frame, boolean believed, RecordTaker taker) {
    CycleFile file = current();
    countGap(taker);
    lastNumber = walkedNumber;
    if (!believed) {
      String reason = "its frame is damaged";
      taker.malformed(
          lastPosition, walkedNumber, reason, file.buffer(), file.offset(), file.length());
    } else if (frame.position() > resumePosition) {
      lastPosition = frame.position();
      int record = file.offset() + Excerpt.RECORD_OFFSET;
      int length = file.length() - Excerpt.RECORD_OFFSET;
      taker.record(lastPosition, walkedNumber, file.place(), file.buffer(), record, length);
    }
  }

  private static QueueEnd endOf(QueueFrame frame) {
    return new QueueEnd(frame.end(), frame.number());
  }

  private void countGap(RecordTaker taker) {
    long gap = walkedNumber - lastNumber - 1;
    if (gap > 0) {
      taker.lost(walkedNumber - 1, damaged || gapExplained ? QUARANTINED : QUEUE_FULL, gap);
    }
    gapExplained = false;
  }

  private void list() throws IOException {
    String after = current == null ? "" : current.path().getFileName().toString();
    Collection<Path> known = done.stream().map(ReadFile::path).toList();
    files.clear();
    try (Stream<Path> listed = Files.list(folder)) {
      listed
          .filter(path -> path.getFileName().toString().endsWith(SUFFIX))
          .filter(path -> path.getFileName().toString().compareTo(after) > 0)
          .filter(path -> !known.contains(path))
          .forEach(path -> files.put(path.getFileName().toString(), path));
    } catch (NoSuchFileException notOpenedYet) {
      // The queue appears with the first record that the service's writer moves.
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
