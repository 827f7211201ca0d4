package dev.engram.collector.intake;

import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.core.writer.SteppedWriter;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.collector.store.InstanceId;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * A service with the agent's real ring and the writer's real rules, over memory and a queue whose
 * every store may be its last. Remembers what it committed, and what it gave up. Confined to one
 * thread.
 */
final class ModelService {
  static final int CAPACITY = 2048;
  static final long HEARTBEAT_EPOCH_MILLIS = 1_000_000;

  final UUID instance = new UUID(1, 2);
  final Path folder;

  /** What was committed, by its ring position. */
  final NavigableMap<Long, SearchPlan.Offered> committed = new TreeMap<>();

  /** Ring positions that were in queue files which the writer removed. */
  final Set<Long> removed = new HashSet<>();

  /** Ring positions that the writer shed. */
  final Set<Long> shed = new HashSet<>();

  private final SearchPlan plan;
  private final MemoryDisk disk;
  private final MemoryDisk.Watch watch;
  private final boolean freesFirst;
  private final UnsafeBuffer memory;
  private final RingHeader header;
  private final Ring ring;
  private final ModelQueue queue;
  private final SteppedWriter writer;
  private int next;
  private int lastType;
  private boolean offering;
  private long sheddingThrough;
  private final Digest budget = new Digest();

  ModelService(
      MemoryDisk disk, Path home, SearchPlan plan, BrokenRule broken, MemoryDisk.Watch on) {
    this.disk = disk;
    this.plan = plan;
    this.watch = on;
    freesFirst = broken == BrokenRule.FREED_BEFORE_APPENDED;
    folder =
        HomeLayout.instances(home).resolve(HomeLayout.instanceFolder("shop", instance.toString()));
    byte[] file = new byte[(int) RingLayout.fileLength(CAPACITY)];
    memory = new UnsafeBuffer(file);
    int messages = file.length - RingLayout.RING_OFFSET;
    putFiles(file);
    header = new RingHeader(SteppedBuffer.over(file, 0, RingLayout.RING_OFFSET, this::onHeader));
    ring =
        new Ring(header, SteppedBuffer.over(file, RingLayout.RING_OFFSET, messages, this::onRing));
    queue =
        new ModelQueue(
            disk,
            folder.resolve(HomeLayout.QUEUE),
            on,
            broken == BrokenRule.EXCERPTS_WITHOUT_RING_POSITION);
    writer = new SteppedWriter(folder, ring, queue, plan.queueBytes());
  }

  /** As they are when the service has just started. */
  private void putFiles(byte[] file) {
    RingHeader fresh = new RingHeader(memory);
    fresh.initialize(instance, CAPACITY, HEARTBEAT_EPOCH_MILLIS);
    fresh.state(RingLayout.STATE_RUNNING);
    fresh.queued(0, plan.start());
    memory.putLong(trailer(RingBufferDescriptor.HEAD_POSITION_OFFSET), plan.start());
    memory.putLong(trailer(RingBufferDescriptor.HEAD_CACHE_POSITION_OFFSET), plan.start());
    memory.putLong(trailer(RingBufferDescriptor.TAIL_POSITION_OFFSET), plan.start());
    HostIdentity host = HostIdentity.current();
    String description =
        String.format(
            "{\"instance_id\":\"%s\",\"service\":\"shop\",\"host\":\"%s\",\"boot_id\":\"%s\"}",
            instance, host.host(), host.bootId());
    disk.putFile(folder.resolve(HomeLayout.RING), file);
    disk.putFile(
        folder.resolve(HomeLayout.INSTANCE_FILE), description.getBytes(StandardCharsets.UTF_8));
    disk.putFile(folder.resolve(HomeLayout.INSTANCE_LOCK), new byte[0]);
    disk.lock(folder.resolve(HomeLayout.INSTANCE_LOCK), true);
  }

  private static int trailer(int field) {
    return RingLayout.RING_OFFSET + CAPACITY + field;
  }

  InstanceId id() {
    return new InstanceId(instance);
  }

  boolean hasMoreToOffer() {
    return next < plan.records().size();
  }

  boolean hasMoreToMove() {
    return head() < tail();
  }

  /** What an application thread does. */
  void offer() {
    SearchPlan.Offered record = plan.records().get(next++);
    offering = true;
    ring.offer(
        record.kind(), record.worth(), new UnsafeBuffer(record.bytes()), 0, record.bytes().length);
    offering = false;
  }

  /** What the writer thread does in a turn. */
  void move(int limit) {
    if (freesFirst) {
      freeThenAppend();
    } else {
      moveOrReopen(limit);
    }
  }

  private void moveOrReopen(int limit) {
    try {
      writer.move(limit);
    } catch (WriterFailure failure) {
      budget.add(queue.digest()).add(header.queued());
      writer.reopen();
    }
  }

  private void freeThenAppend() {
    Ring.Mover mover = writer.mover();
    long[] place = new long[2];
    UnsafeBuffer copy = new UnsafeBuffer(new byte[CAPACITY]);
    int taken =
        ring.drain(
            (position, typeId, buffer, index, length) -> {
              place[0] = position;
              place[1] = (long) typeId << 32 | length;
              copy.putBytes(0, buffer, index, length);
              return true;
            },
            1);
    if (taken > 0) {
      mover.move(place[0], (int) (place[1] >> 32), copy, 0, (int) place[1]);
    }
  }

  /** Whether its queue takes more than it may. */
  boolean isOverBudget() {
    return queue.excerpts(queueFiles()) * ModelQueue.EXCERPT_BYTES >= plan.queueBytes();
  }

  void keepBounds() {
    budget.add(queue.digest());
    queueFiles().forEach(file -> budget.add(file.hashCode()));
    writer.keepBounds();
  }

  /** A clean stop says so last. */
  void stop() {
    header.state(RingLayout.STATE_STOPPED);
  }

  /** The process is gone, and the system frees its locks. */
  void die() {
    disk.lock(folder.resolve(HomeLayout.INSTANCE_LOCK), false);
  }

  /** Called before a queue file is removed. */
  void removing(String fileName) {
    removed.addAll(queue.positions(folder.resolve(HomeLayout.QUEUE).resolve(fileName).toString()));
  }

  Set<String> queueFiles() {
    String queueFolder = folder.resolve(HomeLayout.QUEUE) + "/";
    Set<String> files = new HashSet<>(disk.names());
    files.removeIf(name -> !name.startsWith(queueFolder));
    return files;
  }

  /** All that its process knows and its files do not say, as one number. */
  long digest() {
    return new Digest().add(next).add(queue.digest()).add(budget.value()).value();
  }

  /** What has become of its records, as one number. */
  long fates() {
    return new Digest()
        .add(committed.keySet().hashCode())
        .add(removed.hashCode())
        .add(shed.hashCode())
        .value();
  }

  /** A record is given up by the store that counts it. */
  private void onHeader(String store, int index, long value) {
    watch.before("header " + index + " " + store);
    if (index == RingLayout.SHEDDING_OFFSET) {
      sheddingThrough = value & -8;
    } else if (index >= RingLayout.WRITER_SHED_OFFSET && index < RingLayout.STRIPES_OFFSET) {
      shed.add(committed.headMap(sheddingThrough).lastKey());
    }
  }

  /** A record is committed by the store that gives it a positive length. */
  private void onRing(String store, int index, long value) {
    watch.before("ring " + index + " " + store);
    if (store.equals("putInt")) {
      lastType = (int) value;
    } else if (offering && store.equals("putIntRelease") && value > 0 && lastType > 0) {
      long lap = tail() - 1 & -CAPACITY;
      committed.put(lap + index, plan.records().get(next - 1));
    }
  }

  private long tail() {
    return memory.getLong(
        trailer(RingBufferDescriptor.TAIL_POSITION_OFFSET), ByteOrder.LITTLE_ENDIAN);
  }

  private long head() {
    return memory.getLong(
        trailer(RingBufferDescriptor.HEAD_POSITION_OFFSET), ByteOrder.LITTLE_ENDIAN);
  }
}
