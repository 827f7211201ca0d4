package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.StoreReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One instance on its way into the store: tailed while it runs, adopted when it is gone.
 *
 * <p>Adoption goes in this order, each step safe to be repeated after a crash: the rest of the
 * queue, the ring, the final counts, how the instance ended, its end, a sync of the store, and only
 * then the folder.
 */
final class InstanceIntake implements Closeable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** So many at most in one go: other instances and the signs of life wait meanwhile. */
  private static final int FULL_BATCHES = 8;

  private final InstanceFolder folder;
  private final Committer committer;
  private final StoreReader reader;
  private final Quarantine quarantine;
  private final RowMapper mapper;
  private final QueueTail queue;
  private final Clock clock;
  private Checkpoint checkpoint;
  private ProducerCounts counted = ProducerCounts.NONE;

  /** When its counts were read last. */
  private long countedAt;

  private @Nullable DeadRing ring;
  private boolean gone;

  InstanceIntake(
      Path home,
      InstanceFolder folder,
      Committer committer,
      StoreReader reader,
      Clock clock,
      Consumer<String> log) {
    this.folder = folder;
    this.clock = clock;
    this.committer = committer;
    this.reader = reader;
    quarantine = new Quarantine(home, id(), log);
    countedAt = folder.description().startedEpochNanos();
    mapper = new RowMapper(id(), folder.description().inApp(), new KnownStacks(id(), reader));
    committer.put(committer.call(writer -> description()));
    checkpoint = committer.call(writer -> writer.checkpoint(id())).orElse(Checkpoint.START);
    queue = new QueueTail(folder, checkpoint, quarantine);
  }

  InstanceFolder folder() {
    return folder;
  }

  /** The process is gone: from now on polling adopts. */
  void adopt() {
    gone = true;
    queue.writerGone();
  }

  boolean isGone() {
    return gone;
  }

  /**
   * Stores the next records of the queue. While a full batch is committed the next one is read.
   *
   * @return how many were read; {@link BatchDraft#MAX_ROWS} when there may be more now
   */
  long poll() throws IOException {
    BatchDraft draft = read();
    for (int full = 1; full < FULL_BATCHES && !draft.hasRoom(); full++) {
      draft = readWhileCommitting(draft);
    }
    long read = commit(draft);
    return draft.hasRoom() ? read : BatchDraft.MAX_ROWS;
  }

  private BatchDraft readWhileCommitting(BatchDraft full) throws IOException {
    Batch batch = full.toBatch();
    Committer.Commit commit = committer.begin(batch, checkpoint, quarantine);
    checkpoint = batch.checkpoint();
    try (commit) {
      return read();
    }
  }

  private BatchDraft read() throws IOException {
    BatchDraft draft = draft();
    queue.poll(draft);
    return draft;
  }

  /**
   * Goes on with the adoption.
   *
   * @return whether it is complete and the folder gone
   */
  boolean pollAdoption() throws IOException {
    if (ring == null && poll() > 0) {
      return false;
    }
    Optional<RingHeader> header = ProducerBooks.readable(folder.header());
    if (ring == null && Files.exists(folder.ring())) {
      ring = openRing(header);
    }
    BatchDraft draft = draft();
    boolean drained = ring == null || ring.drain(checkpoint.position(), queue.lastNumber(), draft);
    commit(draft);
    if (drained) {
      settle(header, ring == null ? RingDrain.MISSING : ring.result());
    }
    return drained;
  }

  /** Brings the instance's own counts in the store up to date. */
  void count() throws IOException {
    if (gone) {
      return;
    }
    Optional<RingHeader> header = ProducerBooks.readable(folder.header());
    ProducerCounts counts =
        header.isPresent()
            ? ProducerBooks.running(header.get(), queue.lastNumber())
            : countsWithoutHeader(queue.lastNumber());
    Period sinceLast = sinceLast(clock.millis() * NANOS_PER_MILLI);
    if (!counts.equals(counted)) {
      committer.run(writer -> writer.putCounters(id(), counts, sinceLast));
      counted = counts;
    }
    countedAt = sinceLast.untilEpochNanos();
  }

  /** Its folder was removed: what was known to be in it and had not been read is lost. */
  void settleRemoved() {
    ProducerCounts known = countsWithoutHeader(queue.lastNumber());
    BatchDraft draft = draft();
    queue.endAt(known.written(), QueueTail.REMOVED, draft);
    commit(draft);
    long now = clock.millis() * NANOS_PER_MILLI;
    committer.run(
        writer -> writer.putCounters(id(), ProducerBooks.allQueued(known), sinceLast(now)));
    committer.end(id(), now);
  }

  boolean hasRemovable() {
    return queue.hasRemovable();
  }

  /** Removes queue files that are stored; the caller has synced the store. */
  void removeStored() throws IOException {
    queue.removeStored(checkpoint.number());
  }

  private InstanceId id() {
    return folder.description().id();
  }

  private BatchDraft draft() {
    return new BatchDraft(id(), checkpoint, mapper, quarantine);
  }

  private long commit(BatchDraft draft) {
    if (draft.isEmpty()) {
      return 0;
    }
    Batch batch = draft.toBatch();
    committer.commit(batch, checkpoint, quarantine);
    checkpoint = batch.checkpoint();
    return batch.read();
  }

  /** Also settles the queue: what the header counts and no file holds is lost. */
  private DeadRing openRing(Optional<RingHeader> header) throws IOException {
    if (header.isPresent() && header.get().queued() <= header.get().offered()) {
      BatchDraft draft = draft();
      queue.endAt(header.get().queued(), QueueTail.QUARANTINED, draft);
      commit(draft);
    }
    return new DeadRing(folder.ring(), id().uuid(), folder.header(), queue.end());
  }

  private void settle(Optional<RingHeader> header, RingDrain drain) throws IOException {
    ProducerCounts counts = finalCounts(header, drain);
    long ended = ended(header);
    Period sinceLast = sinceLast(lastSign(ended));
    committer.run(writer -> writer.putCounters(id(), counts, sinceLast));
    committer.put(description(drain));
    committer.end(id(), ended);
    committer.run(writer -> writer.sync());
    close();
    queue.keepDamaged();
    keep(folder.ring(), drain.damage());
    keep(folder.descriptionFile(), folder.damage());
    remove();
  }

  private void keep(Path file, @Nullable String damage) throws IOException {
    if (damage != null) {
      quarantine.keep(file, damage);
    }
  }

  /** The clock may have been set back meanwhile. */
  private Period sinceLast(long epochNanos) {
    return new Period(countedAt, Math.max(countedAt, epochNanos));
  }

  private ProducerCounts finalCounts(Optional<RingHeader> header, RingDrain drain) {
    long passed = queue.lastNumber();
    return header.isPresent()
        ? ProducerBooks.settled(header.get(), passed, drain)
        : countsWithoutHeader(passed + drain.records());
  }

  /** The counts that were read last are the best there are, unless more was met since. */
  private ProducerCounts countsWithoutHeader(long passed) {
    ProducerCounts read = ProducerBooks.withoutRing(passed);
    @Nullable Accounting stored = reader.accounting().get(id());
    return stored != null && stored.producer().offered() > read.offered()
        ? stored.producer()
        : read;
  }

  /** The store may know more than the name of a folder whose description is lost. */
  private Instance description() {
    Instance read = folder.description().running();
    return folder.damage() == null
        ? read
        : reader.instances().stream().filter(it -> it.id().equals(id())).findFirst().orElse(read);
  }

  private Instance description(RingDrain drain) throws IOException {
    String end = folder.hasStopped() ? Instance.END_STOPPED : Instance.END_KILLED;
    return description()
        .with(Instance.END, end)
        .with(Instance.DAMAGE, drain.damage() == null ? null : "the ring " + drain.damage());
  }

  private long ended(Optional<RingHeader> header) throws IOException {
    long millis =
        header.isPresent()
            ? header.get().heartbeatEpochMillis()
            : Files.getLastModifiedTime(folder.path()).toMillis();
    return Math.max(millis * NANOS_PER_MILLI, folder.description().startedEpochNanos());
  }

  /**
   * What it lost after its last heartbeat it lost before the next ones failed to come, or else
   * before now.
   */
  private long lastSign(long ended) {
    return Math.min(clock.millis() * NANOS_PER_MILLI, ended + InstanceFolder.STALE.toNanos());
  }

  /** In one step for everybody else, so that nobody meets half a folder. */
  private void remove() throws IOException {
    Path removed =
        folder.path().resolveSibling(HomeLayout.NEW_PREFIX + folder.description().instanceId());
    Files.move(folder.path(), removed, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.remove(removed);
  }

  @Override
  public void close() throws IOException {
    queue.close();
    if (ring != null) {
      ring.close();
    }
  }
}
