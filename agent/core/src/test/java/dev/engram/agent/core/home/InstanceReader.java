package dev.engram.agent.core.home;

import dev.engram.agent.core.writer.QueueReader;
import dev.engram.agent.core.writer.QueueReader.ReadRecord;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.agent.record.ring.ShedReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Reads back what a dead instance left, the way the rules of the ring say, and changes nothing. */
final class InstanceReader {
  private final Path folder;
  private final UnsafeBuffer file;
  private long skippedClaims;

  InstanceReader(Path folder) throws IOException {
    this.folder = folder;
    try (FileChannel channel =
        FileChannel.open(folder.resolve(HomeLayout.RING), StandardOpenOption.READ)) {
      file = new UnsafeBuffer(channel.map(MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  /** The only instance folder in this home. */
  static Path only(Path home) throws IOException {
    try (Stream<Path> folders = Files.list(HomeLayout.instances(home))) {
      List<Path> all = folders.toList();
      if (all.size() != 1) {
        throw new IllegalStateException("not one instance but " + all);
      }
      return all.get(0);
    }
  }

  /** Whether there is one instance and its folder has its final name. */
  static boolean isComplete(Path instances) throws IOException {
    try (Stream<Path> folders = Files.list(instances)) {
      return folders.anyMatch(f -> !f.getFileName().toString().startsWith(HomeLayout.NEW_PREFIX));
    }
  }

  RingHeader header() {
    return new RingHeader(file);
  }

  List<ReadRecord> queued() {
    Path queue = folder.resolve(HomeLayout.QUEUE);
    return Files.exists(queue) ? QueueReader.readAll(queue) : List.of();
  }

  /** The committed records of the ring that {@code queued} does not have. */
  List<ReadRecord> inRing(List<ReadRecord> queued) {
    int capacity = header().capacity();
    int trailer = RingLayout.RING_OFFSET + capacity;
    long tail = file.getLong(trailer + RingBufferDescriptor.TAIL_POSITION_OFFSET);
    long position = file.getLong(trailer + RingBufferDescriptor.HEAD_POSITION_OFFSET);
    position = Math.max(position, header().queuedThrough());
    if (!queued.isEmpty()) {
      position = Math.max(position, queued.get(queued.size() - 1).through());
    }
    List<ReadRecord> records = new ArrayList<>();
    while (position < tail) {
      int index = RingLayout.RING_OFFSET + (int) (position & (capacity - 1));
      int length = file.getInt(RecordDescriptor.lengthOffset(index));
      if (length <= 0) {
        position = skipClaim(position, -length);
        skippedClaims++;
        continue;
      }
      int typeId = file.getInt(RecordDescriptor.typeOffset(index));
      byte[] bytes = new byte[length - RecordDescriptor.HEADER_LENGTH];
      file.getBytes(RecordDescriptor.encodedMsgOffset(index), bytes);
      if (typeId > 0) {
        records.add(new ReadRecord(position, 0, RingLayout.kindCode(typeId), bytes));
      }
      position = RingLayout.positionAfter(position, bytes.length);
    }
    return records;
  }

  /** A claim whose thread died: of known length, or only reserved and still all zeros. */
  private static long skipClaim(long position, int length) {
    int known = length - RecordDescriptor.HEADER_LENGTH;
    return length == 0 ? position + 8 : RingLayout.positionAfter(position, known);
  }

  List<ReadRecord> all() {
    List<ReadRecord> all = new ArrayList<>(queued());
    all.addAll(inRing(all));
    return all;
  }

  /** How many claims without a commit were met so far; a reserved one counts for each 8 bytes. */
  long skippedClaims() {
    return skippedClaims;
  }

  long shed() {
    long shed = 0;
    for (ShedReason reason : ShedReason.values()) {
      shed += header().shed(reason);
    }
    return shed;
  }
}
