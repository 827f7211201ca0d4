package dev.engram.collector.intake;

import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.ring.Excerpt;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import dev.engram.collector.store.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** Plays a service step by step: writes the files that one would write, with the real libraries. */
final class ServiceFolder implements AutoCloseable {
  static final int CAPACITY = 1 << 16;

  final Path path;
  final UUID instance = UUID.randomUUID();
  final RingHeader header;
  private final UnsafeBuffer file;
  private final ManyToOneRingBuffer ring;
  private final SetTimeProvider clock = new SetTimeProvider();
  private FileChannel lockChannel;
  private FileLock lock;
  private ChronicleQueue queue;
  private ExcerptAppender appender;
  private long number;
  private int cycle = -1;

  ServiceFolder(Path home) throws IOException {
    path =
        HomeLayout.instances(home).resolve(HomeLayout.instanceFolder("shop", instance.toString()));
    PrivateFiles.createFolders(path);
    file = mapRing();
    header = new RingHeader(file);
    header.initialize(instance, CAPACITY, System.currentTimeMillis());
    header.state(RingLayout.STATE_RUNNING);
    ring =
        new ManyToOneRingBuffer(
            new UnsafeBuffer(
                file, RingLayout.RING_OFFSET, file.capacity() - RingLayout.RING_OFFSET));
    HostIdentity host = HostIdentity.current();
    Files.writeString(
        path.resolve(HomeLayout.INSTANCE_FILE),
        String.format(
            "{\"instance_id\":\"%s\",\"service\":\"shop\",\"host\":\"%s\",\"boot_id\":\"%s\","
                + "\"started_epoch_nanos\":1000,\"pid\":1,\"of_a_newer_agent\":{\"a\":[1]}}",
            instance, host.host(), host.bootId()));
    clock.currentTimeMillis(1_700_000_000_000L);
    lockChannel =
        FileChannel.open(
            path.resolve(HomeLayout.INSTANCE_LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    lock = lockChannel.lock();
    keepPrivate(path);
  }

  /** As an agent makes its files, whatever the umask is. */
  private static void keepPrivate(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private UnsafeBuffer mapRing() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path.resolve(HomeLayout.RING),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return new UnsafeBuffer(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, RingLayout.fileLength(CAPACITY)));
    }
  }

  InstanceId id() {
    return new InstanceId(instance);
  }

  /** What an application thread does. */
  boolean offer(DecodedRecord record) throws IOException {
    return offer(TestRecords.bytes(record), 3);
  }

  boolean offer(byte[] bytes, int type) throws IOException {
    header.raiseOffered(0, 1);
    boolean written = ring.write(type, new UnsafeBuffer(bytes), 0, bytes.length);
    header.raiseAnswered(0, 1);
    return written;
  }

  /** A claim of a producer that is killed before its commit. */
  void claimAndDie(int length) throws IOException {
    header.raiseOffered(0, 1);
    ring.tryClaim(3, length);
  }

  /** Records that found no room. */
  void shed(ShedReason reason, long records) {
    header.raiseOffered(0, records);
    header.raiseShed(0, reason, records);
    header.raiseAnswered(0, records);
  }

  /** A record that a defect lost: counted, answered, and nowhere. */
  void loseOne() {
    header.raiseOffered(0, 1);
    header.raiseAnswered(0, 1);
  }

  /** What the writer thread does: everything in the ring goes to the queue. */
  int move() throws IOException {
    return move(Integer.MAX_VALUE);
  }

  int move(int limit) throws IOException {
    int[] moved = {0};
    ring.controlledRead(
        (type, buffer, index, length) -> {
          long position = positionOf(index);
          append(position, ++number, type, bytes(buffer, index, length));
          header.queued(number, RingLayout.positionAfter(position, length));
          moved[0]++;
          return Action.COMMIT;
        },
        limit);
    return moved[0];
  }

  private long positionOf(int index) {
    long head = ring.consumerPosition();
    int at = (int) (head & (CAPACITY - 1));
    return head + Math.floorMod(index - 8 - at, CAPACITY);
  }

  private static byte[] bytes(DirectBuffer buffer, int index, int length) {
    byte[] bytes = new byte[length];
    buffer.getBytes(index, bytes);
    return bytes;
  }

  void append(long position, long excerptNumber, int type, byte[] record) {
    UnsafeBuffer excerpt = new UnsafeBuffer(new byte[Excerpt.RECORD_OFFSET + record.length]);
    excerpt.putLong(Excerpt.POSITION_OFFSET, position, ByteOrder.LITTLE_ENDIAN);
    excerpt.putLong(Excerpt.NUMBER_OFFSET, excerptNumber, ByteOrder.LITTLE_ENDIAN);
    excerpt.putInt(Excerpt.KIND_OFFSET, type, ByteOrder.LITTLE_ENDIAN);
    excerpt.putInt(Excerpt.LENGTH_OFFSET, record.length, ByteOrder.LITTLE_ENDIAN);
    excerpt.putBytes(Excerpt.RECORD_OFFSET, record);
    append(excerpt.byteArray());
  }

  /** Appends these bytes as one excerpt, whatever they are. */
  void append(byte[] excerpt) {
    if (queue == null) {
      queue =
          SingleChronicleQueueBuilder.binary(queueFolder())
              .rollCycle(LegacyRollCycles.MINUTELY)
              .blockSize(1 << 20)
              .timeProvider(clock)
              .build();
      appender = queue.createAppender();
    }
    try (DocumentContext document = appender.writingDocument()) {
      document.wire().bytes().write(excerpt);
    }
    if (cycle != appender.cycle()) {
      cycle = appender.cycle();
      keepPrivate(queueFolder());
    }
  }

  private Path queueFolder() {
    try {
      return PrivateFiles.createFolders(path.resolve(HomeLayout.QUEUE));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The next excerpt begins a new cycle file. */
  void roll() {
    clock.currentTimeMillis(clock.currentTimeMillis() + Duration.ofMinutes(1).toMillis());
  }

  List<Path> cycleFiles() throws IOException {
    try (Stream<Path> files = Files.list(path.resolve(HomeLayout.QUEUE))) {
      return files.filter(it -> it.toString().endsWith(".cq4")).sorted().toList();
    }
  }

  /** What a newer agent would have noted in the header. */
  void ringLayout(int version) throws IOException {
    file.putInt(RingLayout.VERSION_OFFSET, version);
  }

  /** The process ends: its lock is free; its heartbeat is old. */
  void die() throws IOException {
    header.heartbeat(System.currentTimeMillis() - 60_000);
    close();
  }

  /** The process ends after a clean stop. */
  void stop() throws IOException {
    header.state(RingLayout.STATE_STOPPED);
    close();
  }

  @Override
  public void close() throws IOException {
    if (queue != null) {
      queue.close();
    }
    if (lock != null) {
      lock.release();
      lockChannel.close();
      lock = null;
    }
  }
}
