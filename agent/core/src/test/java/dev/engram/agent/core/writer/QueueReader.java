package dev.engram.agent.core.writer;

import dev.engram.agent.record.ring.Excerpt;
import dev.engram.agent.record.ring.RingLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/** Reads a queue from its start, as a collector would. */
public final class QueueReader {
  /** One record as it was found. */
  public record ReadRecord(long position, long number, int kindCode, byte[] bytes) {
    public long through() {
      return RingLayout.positionAfter(position, bytes.length);
    }
  }

  private QueueReader() {}

  public static List<ReadRecord> readAll(Path folder) {
    initialize();
    List<ReadRecord> records = new ArrayList<>();
    try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(folder).build();
        ExcerptTailer tailer = queue.createTailer()) {
      while (true) {
        try (DocumentContext document = tailer.readingDocument()) {
          if (!document.isPresent()) {
            return records;
          }
          records.add(read(document.wire().bytes()));
        }
      }
    }
  }

  private static void initialize() {
    try {
      QuietChronicle.initialize();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ReadRecord read(Bytes<?> excerpt) {
    byte[] all = excerpt.toByteArray();
    ByteBuffer fields = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    int length = fields.getInt(Excerpt.LENGTH_OFFSET);
    if (length != all.length - Excerpt.RECORD_OFFSET) {
      throw new IllegalStateException("length " + length + " of " + all.length);
    }
    return new ReadRecord(
        fields.getLong(Excerpt.POSITION_OFFSET),
        fields.getLong(Excerpt.NUMBER_OFFSET),
        fields.getInt(Excerpt.KIND_OFFSET),
        Arrays.copyOfRange(all, Excerpt.RECORD_OFFSET, all.length));
  }
}
