package dev.engram.agent.core.ring;

import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/** Creates ring files. */
public final class RingFile {
  private RingFile() {}

  /**
   * Creates the file and maps it, every page backed, so that no application thread ever faults.
   *
   * @param capacity bytes of the ring, a power of two
   * @throws IOException when the file exists, or there is no room for it
   */
  public static Ring create(
      Path file, int capacity, UUID instance, long createdEpochMillis, FileAttribute<?> mode)
      throws IOException {
    try (BackedFile backed = BackedFile.create(file, RingLayout.fileLength(capacity), mode)) {
      UnsafeBuffer mapped = backed.map();
      new RingHeader(mapped).initialize(instance, capacity, createdEpochMillis);
      return new Ring(mapped);
    }
  }
}
