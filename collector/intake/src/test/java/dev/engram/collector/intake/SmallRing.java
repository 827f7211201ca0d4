package dev.engram.collector.intake;

import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.EndedRecord;
import dev.engram.agent.record.PayloadRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanStatus;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * A ring of the smallest capacity, written step by step with the real library, and what of it the
 * queue has not.
 */
final class SmallRing {
  static final UUID INSTANCE = new UUID(1, 2);

  /** Committed records that the queue has not, by position. */
  final SortedMap<Long, byte[]> unread = new TreeMap<>();

  /** The record that the writer gave up, by position. */
  final SortedMap<Long, byte[]> givenUp = new TreeMap<>();

  private final int capacity;
  private final UnsafeBuffer file;
  private final RingHeader header;
  private final ManyToOneRingBuffer ring;
  private long queued;
  private long through;
  private long endOfQueue;
  private long moved;
  private long freed;

  SmallRing(int capacity) {
    this.capacity = capacity;
    int length = (int) RingLayout.fileLength(capacity);
    file = new UnsafeBuffer(ByteBuffer.allocateDirect(length + 8));
    file.wrap(file, (int) (-file.addressOffset() & 7), length);
    header = new RingHeader(file);
    header.initialize(INSTANCE, capacity, 1_700_000_000_000L);
    ring =
        new ManyToOneRingBuffer(
            new UnsafeBuffer(file, RingLayout.RING_OFFSET, length - RingLayout.RING_OFFSET));
  }

  /** Wrapped, with padding; the writer was killed before it freed what it had queued. */
  static SmallRing notFreed() {
    SmallRing ring = wrapped();
    ring.free(11);
    ring.claim(40, 0);
    ring.ended(100);
    ring.hole(24);
    ring.payload(101, 61);
    ring.ended(102);
    ring.claim(56, 30);
    ring.payload(103, 20);
    ring.ended(104);
    return ring;
  }

  /** All that was queued is freed, the padding at the end of the lap too, and claimed anew. */
  static SmallRing paddingFreed() {
    SmallRing ring = new SmallRing(1024);
    for (int id = 1; ring.ring.producerPosition() < 1024 - 96; id++) {
      ring.payload(id, 40);
    }
    ring.queue(5);
    ring.free(5);
    ring.payload(50, 70);
    ring.queue(ring.unread.size() - 1);
    ring.free(Integer.MAX_VALUE);
    ring.freePadding();
    for (int id = 100; ring.ring.producerPosition() < 1024 + 800; id++) {
      ring.ended(id);
      ring.payload(id, 8 + id % 40);
    }
    return ring;
  }

  /** The writer gave up its last record, with room left. */
  static SmallRing givenUp() {
    SmallRing ring = new SmallRing(1024);
    for (int id = 1; id <= 6; id++) {
      ring.payload(id, 3 * id);
    }
    ring.queue(2);
    ring.giveUp();
    ring.ended(7);
    ring.claim(60, 44);
    return ring;
  }

  private static SmallRing wrapped() {
    SmallRing ring = new SmallRing(1024);
    for (int id = 1; id <= 12; id++) {
      ring.ended(id);
      ring.payload(id, id);
    }
    ring.queue(16);
    ring.free(5);
    return ring;
  }

  void ended(int id) {
    write(RecordKind.ENDED, new EndedRecord(id, id, id, SpanStatus.OK));
  }

  void payload(int id, int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) id);
    write(RecordKind.PAYLOAD, new PayloadRecord(id, id, 0, 1, id, content));
  }

  private void write(RecordKind kind, DecodedRecord record) {
    byte[] bytes = TestRecords.bytes(record);
    header.raiseOffered(0, 1);
    if (ring.write(kind.code(), new UnsafeBuffer(bytes), 0, bytes.length)) {
      unread.put(ring.producerPosition() - RingLayout.positionAfter(0, bytes.length), bytes);
    } else {
      header.raiseShed(0, ShedReason.RING_FULL, 1);
    }
    header.raiseAnswered(0, 1);
  }

  /** A producer is killed when it has copied this much of its record. */
  void claim(int length, int copied) {
    header.raiseOffered(0, 1);
    int index = ring.tryClaim(RecordKind.SPAN.code(), length);
    if (index > 0) {
      byte[] bytes = TestRecords.bytes(TestRecords.span(9));
      ring.buffer().putBytes(index, bytes, 0, copied);
    }
  }

  /** A producer is killed before it noted the length of its claim. */
  void hole(int length) {
    header.raiseOffered(0, 1);
    int index = ring.tryClaim(RecordKind.SPAN.code(), length);
    if (index > 0) {
      ring.buffer().putLong(index - 8, 0);
    }
  }

  /** The writer appends the next records, which frees none. */
  void queue(int records) {
    for (int i = 0; i < records; i++) {
      take();
      queued++;
      endOfQueue = through;
      header.queued(queued, through);
      moved++;
    }
  }

  void giveUp() {
    givenUp.put(unread.firstKey(), unread.get(unread.firstKey()));
    take();
    header.writerShed(ShedReason.DISK_FULL, through);
    moved++;
  }

  private void take() {
    long position = unread.firstKey();
    through = RingLayout.positionAfter(position, unread.remove(position).length);
  }

  /** The writer frees these, of those that it is done with. */
  void free(int records) {
    while (freed < moved && records-- > 0) {
      while (ring.read((type, buffer, index, length) -> {}, 1) == 0) {}
      freed++;
    }
  }

  /** The next thing to be freed is the padding at the end of the lap. */
  private void freePadding() {
    int records = ring.read((type, buffer, index, length) -> {}, 1);
    if (records != 0) {
      throw new IllegalStateException("no padding");
    }
  }

  long begin() {
    return through;
  }

  int capacity() {
    return capacity;
  }

  QueueEnd queueEnd() {
    return queued == 0 ? QueueEnd.NONE : new QueueEnd(endOfQueue, queued);
  }

  byte[] bytes() {
    byte[] bytes = new byte[file.capacity()];
    file.getBytes(0, bytes);
    return bytes;
  }

  static Optional<RingHeader> header(byte[] bytes) {
    return bytes.length < RingLayout.RING_OFFSET
        ? Optional.empty()
        : Optional.of(new RingHeader(new UnsafeBuffer(bytes, 0, RingLayout.RING_OFFSET)));
  }
}
