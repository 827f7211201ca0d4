package dev.engram.agent.core.ring;

import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/** Creates ring files. */
public final class RingFile {
  private static final int CHUNK = 64 << 10;

  private RingFile() {}

  /**
   * Creates the file and maps it. Every page is written as zeros first, so that a disk without room
   * for it is an exception here and not a fault in an application thread later.
   *
   * @param capacity bytes of the ring, a power of two
   * @throws IOException when the file exists, or there is no room for it
   */
  public static Ring create(
      Path file, int capacity, UUID instance, long createdEpochMillis, FileAttribute<?> mode)
      throws IOException {
    long length = RingLayout.fileLength(capacity);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, mode)) {
      writeZeros(channel, length);
      UnsafeBuffer mapped = new UnsafeBuffer(channel.map(MapMode.READ_WRITE, 0, length));
      new RingHeader(mapped).initialize(instance, capacity, createdEpochMillis);
      return new Ring(mapped);
    }
  }

  private static void writeZeros(FileChannel channel, long length) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
    long left = length;
    while (left > 0) {
      zeros.clear().limit((int) Math.min(CHUNK, left));
      left -= channel.write(zeros);
    }
  }
}
