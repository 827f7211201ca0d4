package dev.engram.collector.intake;

import dev.engram.agent.record.ring.RingHeader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether to believe an excerpt's position and number, which no checksum covers: believing a
 * damaged one would have all that follow look like damage.
 */
final class FrameCheck {
  private final InstanceFolder folder;
  private @Nullable Path looked;
  private @Nullable QueueFrame first;

  FrameCheck(InstanceFolder folder) {
    this.folder = folder;
  }

  /**
   * Whether the frame of the excerpt that {@code file} is at can be what its writer wrote.
   *
   * @param before the last excerpt that was believed
   * @param walked the number of the last excerpt that was met
   * @param later the file after this one, if it is there
   */
  boolean holds(
      QueueFrame frame, QueueEnd before, long walked, CycleFile file, @Nullable Path later)
      throws IOException {
    boolean next =
        frame.number() == walked + 1 && frame.position() == Math.max(0, before.position());
    return next || isInOrder(frame, before) && isConfirmed(frame, file, later);
  }

  /** One that was appended twice lies before the end in both respects. */
  private static boolean isInOrder(QueueFrame frame, QueueEnd before) {
    return (frame.number() > before.number()) == (frame.position() >= before.position());
  }

  /** By one of the next two excerpts, or, where there are none yet, by the ring. */
  private boolean isConfirmed(QueueFrame frame, CycleFile file, @Nullable Path later)
      throws IOException {
    List<QueueFrame> following = file.following();
    if (following.isEmpty()) {
      return isConfirmed(frame, firstOf(later));
    }
    QueueFrame next = following.get(0);
    QueueFrame second = following.get(following.size() - 1);
    // Where the second goes on from the next one, that one is sound.
    return next.follows(frame, 1) || second.follows(frame, 2) && !second.follows(next, 1);
  }

  /** Between two files others may have been removed, and an excerpt may be in both. */
  private boolean isConfirmed(QueueFrame frame, @Nullable QueueFrame next) throws IOException {
    return next == null ? isAppended(frame) : next.isAfter(frame) || next.equals(frame);
  }

  /** Looked at once: the ring tells as much of a file that was begun just then. */
  private @Nullable QueueFrame firstOf(@Nullable Path later) throws IOException {
    if (later != null && !later.equals(looked)) {
      looked = later;
      first = read(later);
    }
    return later == null ? null : first;
  }

  private static @Nullable QueueFrame read(Path later) throws IOException {
    try (CycleFile file = new CycleFile(later)) {
      return file.next() == CycleFile.Step.EXCERPT ? file.frame() : null;
    } catch (NoSuchFileException removedByItsWriter) {
      return null;
    }
  }

  /** Looks twice, because the header moves while it is read. */
  private boolean isAppended(QueueFrame frame) throws IOException {
    for (int look = 0; look < 2; look++) {
      Optional<RingHeader> header = ProducerBooks.readable(folder.header());
      if (header.isEmpty() || isAppended(frame, header.get())) {
        return true;
      }
    }
    return false;
  }

  /** The header is raised after the append, the number before the position. */
  private static boolean isAppended(QueueFrame frame, RingHeader header) {
    long counted = header.queued();
    long through = header.queuedThrough();
    if (frame.end() <= through) {
      return frame.number() <= counted;
    }
    long lap = (through + header.capacity() - 1) & -header.capacity();
    boolean first = frame.position() == through || frame.position() == lap;
    return first && (frame.number() == counted || frame.number() == counted + 1);
  }
}
