package dev.engram.agent.core.writer;

import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Moves an instance's records from its ring to its queue until it is stopped. A record is appended
 * first and freed last, so that a kill at any moment leaves it in at least one of the two; its
 * position tells the reader when it is in both.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} and {@link #rolls} may be called by any.
 */
public final class QueueWriter {
  private static final int BATCH = 256;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long STUCK_AFTER = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path folder;
  private final Ring ring;
  private final RingHeader header;
  private final Duration shutdownDrain;
  private final TimeSource time;
  private final Runnable onBeat;
  private final Complaints complaints;
  private final RecordMover mover;
  private final HalfWrittenRecord halfWritten;
  private final Pause pause = new Pause();

  private long openAt;
  private long beatAt;
  private boolean troubled;
  private boolean gone;
  private volatile boolean stopping;

  /**
   * @param folder the instance folder
   * @param onBeat runs about once a second on the writer thread
   */
  public QueueWriter(
      Path folder, Ring ring, QueueSettings settings, TimeSource time, Runnable onBeat) {
    this(folder, ring, ChronicleRecordQueue::open, settings, time, onBeat);
  }

  QueueWriter(
      Path folder,
      Ring ring,
      RecordQueue.Opener opener,
      QueueSettings settings,
      TimeSource time,
      Runnable onBeat) {
    this.folder = folder;
    this.ring = ring;
    this.header = ring.header();
    this.shutdownDrain = settings.shutdownDrain();
    this.time = time;
    this.onBeat = onBeat;
    complaints = new Complaints(time);
    halfWritten = new HalfWrittenRecord(time);
    mover = new RecordMover(folder, ring, opener, settings, time, complaints);
    beatAt = time.nanoTime();
    openAt = beatAt + SECOND;
  }

  /**
   * Moves records until {@link #stop}, then what is left within the time a stop may take.
   *
   * @return whether it was stopped; false when ring or folder can no longer be used, which was said
   */
  public boolean run() {
    while (!stopping && isUsable()) {
      pause.after(turn(), BATCH);
    }
    if (mover.isOpen()) {
      drainRest();
      mover.close();
    }
    header.state(RingLayout.STATE_STOPPED);
    return stopping;
  }

  /** Asks {@link #run} to finish; does not wait for it. */
  public void stop() {
    stopping = true;
  }

  /** How often the queue began a new file. */
  public long rolls() {
    return mover.rolls();
  }

  private boolean isUsable() {
    if (ring.isBroken()) {
      AgentLog.line(
          "the ring in " + folder + " cannot be written: restart the service to remember");
      return false;
    }
    if (gone) {
      AgentLog.line(folder + " was removed: restart the service to remember again");
      return false;
    }
    return true;
  }

  private int turn() {
    try {
      beatIfDue();
      openIfDue();
      return mover.isOpen() && !mover.isDiskFull() ? drain() : 0;
    } catch (Throwable failure) {
      recover(failure);
      return 0;
    }
  }

  private int drain() {
    int moved = ring.drain(mover, BATCH);
    if (!mover.isDiskFull() && halfWritten.isNoticed(moved, ring.size())) {
      AgentLog.line(
          "a record in " + folder + " was left half written: restart the service to remember");
    }
    return moved;
  }

  private void beatIfDue() {
    long now = time.nanoTime();
    if (now - beatAt < 0) {
      return;
    }
    beatAt = now + SECOND;
    header.heartbeat(time.epochMillis());
    onBeat.run();
    gone = !Files.exists(folder.resolve(HomeLayout.RING));
    if (!gone) {
      mover.keepBounds();
      mover.syncIfDue();
    }
  }

  /**
   * Opens the queue a second after the first record: a service that does not live so long is spared
   * it, and its ring is read instead. Sooner when the ring fills.
   */
  private void openIfDue() throws IOException {
    boolean filling = !troubled && ring.size() > ring.capacity() / 8;
    if (!mover.isOpen() && !mover.isDiskFull() && !gone && (isOpenDue() || filling)) {
      mover.open();
    }
  }

  private boolean isOpenDue() {
    return time.nanoTime() - openAt >= 0;
  }

  /**
   * Records wait in the ring while the queue is opened anew. Where the service has no memory left,
   * this may fail as well, and is simply done again.
   */
  private void recover(Throwable failure) {
    troubled = true;
    try {
      mover.close();
      openAt = time.nanoTime() + SECOND;
      if (!isJvmEnding()) {
        complaints.line(
            "append",
            "could not write to the queue in " + folder + ": trying again (" + failure + ")");
      }
    } catch (Throwable again) {
      // The next turn meets whatever is still wrong.
    }
  }

  /**
   * A JVM that ends refuses what Chronicle's classes do when they are first used: what is in the
   * ring by then stays there for the collector. No hook but a registered one is ever removed.
   */
  private static boolean isJvmEnding() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread());
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  /** Given up where nothing moves for a while, not where this thread stood still for as long. */
  private void drainRest() {
    long deadline = time.nanoTime() + shutdownDrain.toNanos();
    long stuckAt = time.nanoTime() + STUCK_AFTER;
    boolean stuck = false;
    while (ring.size() > 0 && time.nanoTime() - deadline < 0 && !stuck) {
      int moved = turn();
      long now = time.nanoTime();
      stuck = moved == 0 && now - stuckAt >= 0;
      stuckAt = moved > 0 ? now + STUCK_AFTER : stuckAt;
      pause.after(moved, 1);
    }
  }
}
