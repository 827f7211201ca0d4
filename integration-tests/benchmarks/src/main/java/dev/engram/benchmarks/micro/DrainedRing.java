package dev.engram.benchmarks.micro;

import dev.engram.agent.core.capture.RecordSink;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.core.ring.RingFile;
import dev.engram.agent.record.RecordKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * A real ring in a mapped file, emptied by a thread that throws its records away at once, so that
 * it takes any number of them. Offers by any thread.
 */
final class DrainedRing implements RecordSink, AutoCloseable {
  private static final int CAPACITY = 8 << 20;
  private static final int BATCH = 512;
  private static final long EMPTY_NANOS = 100_000;

  private final Path file;
  private final Ring ring;
  private final Thread drainer = new Thread(this::drain, "drainer");
  private volatile boolean closed;

  DrainedRing() throws IOException {
    Path folder = Files.createTempDirectory("engram-ring");
    file = folder.resolve("ring");
    ring =
        RingFile.create(
            file,
            CAPACITY,
            UUID.randomUUID(),
            System.currentTimeMillis(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    drainer.start();
  }

  private void drain() {
    while (!closed) {
      if (ring.drain((position, typeId, buffer, index, length) -> true, BATCH) == 0) {
        // As the agent's writer does; a thread that spins would take a core from the compiler.
        LockSupport.parkNanos(EMPTY_NANOS);
      }
    }
  }

  @Override
  public boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    return ring.offer(kind, worth, buffer, offset, length);
  }

  @Override
  public int maxRecordLength() {
    return Ring.maxRecordLength(CAPACITY);
  }

  @Override
  public void failed() {
    ring.failed();
  }

  @Override
  public long roll() {
    return 0;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    Files.delete(file);
    Files.delete(file.getParent());
  }
}
