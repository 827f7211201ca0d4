package dev.engram.agent.core.home;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.RecordSink;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.log.AgentLog;
import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.core.writer.QueueWriter;
import dev.engram.agent.core.writer.TimeSource;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The recording side of the agent: takes records from the first one on and gives them to this
 * instance's ring. Thread-safe.
 *
 * <p>Folder and ring appear with the first record. The writer thread creates them, so that no
 * application thread ever waits for a disk that hangs; threads that offer meanwhile wait for it, as
 * they would for a class that initialises, but never past one second after the first record. Where
 * the home cannot be used one line says so, and from then on offers are refused at no cost. One
 * that only lacks room is tried again; what is offered until then is counted.
 */
public final class Recording implements RecordSink {
  /** Bounds the wait of all threads together, not of each. */
  private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(1);

  /** A service that lives so long is remembered, and its first request finds the ring ready. */
  private static final long OPEN_AFTER = TimeUnit.SECONDS.toNanos(1);

  /** How long a home without room is left alone, in waits of a second. */
  private static final int TRY_AGAIN_AFTER = 10;

  private final RecordingSettings settings;
  private final String service;
  private final TimeSource time;
  private final Thread thread;
  private final EarlySheds earlySheds = new EarlySheds();
  private final AtomicLong firstOfferAt = new AtomicLong();
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile Runnable onOpen = () -> {};
  private volatile Runnable onBeat = () -> {};
  private volatile Runnable onRefusal = () -> {};
  private volatile Runnable onWait = () -> {};
  private volatile BooleanSupplier wanted = () -> true;
  private volatile @Nullable InstanceFolder folder;
  private volatile @Nullable Ring ring;
  private volatile @Nullable QueueWriter writer;
  private volatile ShedReason whyNoRing = ShedReason.RING_FULL;
  private volatile boolean inert;
  private volatile boolean stopping;

  private Recording(RecordingSettings settings, String service, TimeSource time) {
    this.settings = settings;
    this.service = service;
    this.time = time;
    // Inherits nothing of whoever starts the agent.
    thread = new Thread(null, this::run, "engram-writer", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Recording.class.getClassLoader());
  }

  /** Starts the writer thread, which touches no file before the first record or second. */
  public static Recording start(Configuration configuration, String service) {
    Recording recording =
        new Recording(RecordingSettings.of(configuration), service, TimeSource.SYSTEM);
    boolean off = Capture.isOff(configuration);
    recording.wanted = () -> !off;
    recording.thread.start();
    return recording;
  }

  static Recording start(RecordingSettings settings, String service, TimeSource time) {
    Recording recording = new Recording(settings, service, time);
    recording.thread.start();
    return recording;
  }

  /** The memory home, whether it can be used or not. */
  public Path home() {
    return settings.home();
  }

  /**
   * Runs {@code hook} about once a second on the writer thread until records flow; the first time
   * at once. It must not wait.
   *
   * @param isWanted whether folder and ring may appear before there is a record
   */
  public void onWait(Runnable hook, BooleanSupplier isWanted) {
    wanted = isWanted;
    onWait = hook;
    LockSupport.unpark(thread);
  }

  /** Runs {@code hook} once on the writer thread when records can be offered. It must not throw. */
  public void onOpen(Runnable hook) {
    onOpen = hook;
  }

  /**
   * Runs {@code hook} about once a second on the writer thread once records flow. It must not throw
   * nor wait.
   */
  public void onBeat(Runnable hook) {
    onBeat = hook;
  }

  /**
   * Runs {@code hook} once on the writer thread when nothing is taken any more. It must not throw.
   */
  public void onRefusal(Runnable hook) {
    onRefusal = hook;
  }

  /**
   * Replaces what this instance's folder says of its agent. Nothing happens where there is no
   * folder, or where it takes no file: the records matter more. Not on application threads.
   */
  public void describeAgent(String json) {
    InstanceFolder open = folder;
    if (open != null) {
      open.replace(HomeLayout.AGENT_FILE, json);
    }
  }

  @Override
  public boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    try {
      Ring open = ring;
      if (open == null) {
        open = awaitRing();
      }
      return open != null && open.offer(kind, worth, buffer, offset, length);
    } catch (Throwable unexpected) {
      return false;
    }
  }

  @Override
  public int maxRecordLength() {
    return Ring.maxRecordLength(settings.ringCapacity());
  }

  @Override
  public void failed() {
    try {
      Ring open = ring;
      if (open != null) {
        open.failed();
      } else if (!inert) {
        earlySheds.add(ShedReason.FAILED);
      }
    } catch (Throwable unexpected) {
      // Counting must not harm the service either.
    }
  }

  @Override
  public long roll() {
    QueueWriter open = writer;
    return open == null ? 0 : open.rolls();
  }

  /**
   * Moves what the ring holds to the queue, for as long as the configuration allows, and notes that
   * the instance stopped. Records may still be offered: they stay in the ring for whoever adopts
   * the folder. A queue that was never opened stays so.
   */
  public void stop() {
    stopping = true;
    QueueWriter open = writer;
    if (open != null) {
      open.stop();
    }
    LockSupport.unpark(thread);
    joinWriter();
    Ring left = ring;
    if (left != null) {
      left.header().state(RingLayout.STATE_STOPPED);
    }
  }

  private void joinWriter() {
    try {
      thread.join(Math.max(1, settings.queue().shutdownDrain().toMillis()));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Ring awaitRing() {
    if (inert) {
      return null;
    }
    if (started.getCount() > 0) {
      awaitStart();
    }
    Ring open = ring;
    if (open == null && !inert) {
      earlySheds.add(whyNoRing);
    }
    return open;
  }

  private void awaitStart() {
    long now = time.nanoTime();
    firstOfferAt.compareAndSet(0, now == 0 ? 1 : now);
    LockSupport.unpark(thread);
    long left = firstOfferAt.get() + LONGEST_START - now;
    if (Thread.currentThread() != thread && left > 0) {
      await(left);
    }
  }

  private void await(long nanos) {
    try {
      started.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException mattersToTheCaller) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      awaitFirstOffer();
      InstanceFolder created = inert ? null : openOnceThereIsRoom();
      if (created != null) {
        record(created);
      }
    } catch (UnusableHomeException unusable) {
      AgentLog.line(unusable.line());
    } catch (Throwable unexpected) {
      AgentLog.line("recording ended, the service is not affected (" + unexpected + ")");
    } finally {
      if (!stopping) {
        refuseAll();
      }
      started.countDown();
    }
  }

  private void awaitFirstOffer() {
    long deadline = time.nanoTime() + OPEN_AFTER;
    while (!stopping && !isDue(deadline)) {
      quietly(onWait);
      long left = deadline - time.nanoTime();
      if (!isDue(deadline)) {
        LockSupport.parkNanos(this, left > 0 ? left : OPEN_AFTER);
      }
    }
    inert = firstOfferAt.get() == 0 && stopping;
  }

  private boolean isDue(long deadline) {
    return firstOfferAt.get() != 0 || (wanted.getAsBoolean() && time.nanoTime() - deadline >= 0);
  }

  /** Null when the service stops before there is room. */
  private @Nullable InstanceFolder openOnceThereIsRoom() throws UnusableHomeException {
    do {
      try {
        return open();
      } catch (UnusableHomeException unusable) {
        awaitRoom(unusable);
      }
    } while (!stopping);
    return null;
  }

  private void awaitRoom(UnusableHomeException unusable) throws UnusableHomeException {
    if (!unusable.isPassing()) {
      throw unusable;
    }
    if (whyNoRing != ShedReason.DISK_FULL) {
      AgentLog.line(unusable.line());
      whyNoRing = ShedReason.DISK_FULL;
      started.countDown();
    }
    for (int i = 0; i < TRY_AGAIN_AFTER && !stopping; i++) {
      quietly(onWait);
      LockSupport.parkNanos(this, OPEN_AFTER);
    }
  }

  private InstanceFolder open() throws UnusableHomeException {
    MemoryHome home = MemoryHome.open(settings.home());
    Instant now = Instant.ofEpochMilli(time.epochMillis());
    return InstanceFolder.create(home, service, settings, now);
  }

  private void record(InstanceFolder created) {
    Ring open = created.ring();
    QueueWriter mover =
        new QueueWriter(created.path(), open, settings.queue(), time, () -> beat(open));
    folder = created;
    open.header().state(RingLayout.STATE_RUNNING);
    writer = mover;
    ring = open;
    started.countDown();
    onOpen.run();
    if (stopping) {
      mover.stop();
    }
    mover.run();
    earlySheds.moveTo(open);
  }

  private void beat(Ring open) {
    earlySheds.moveTo(open);
    quietly(onBeat);
  }

  private static void quietly(Runnable hook) {
    try {
      hook.run();
    } catch (Throwable notOurs) {
      // A hook that fails must not cost a record.
    }
  }

  private void refuseAll() {
    inert = true;
    ring = null;
    onRefusal.run();
  }
}
