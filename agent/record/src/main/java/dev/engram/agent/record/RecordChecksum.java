package dev.engram.agent.record;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** The CRC-32C of a record without its own four bytes. Confined to one thread at a time. */
final class RecordChecksum {
  private static final int AFTER = RecordFormat.CHECKSUM_OFFSET + Integer.BYTES;
  private static final int CHUNK = 512;

  private final CRC32C crc = new CRC32C();
  private byte[] chunk = {};

  int of(DirectBuffer buffer, int offset, int length) {
    crc.reset();
    update(buffer, offset, RecordFormat.CHECKSUM_OFFSET);
    update(buffer, offset + AFTER, length - AFTER);
    return (int) crc.getValue();
  }

  private void update(DirectBuffer buffer, int offset, int length) {
    byte[] array = buffer.byteArray();
    if (array != null) {
      crc.update(array, buffer.wrapAdjustment() + offset, length);
      return;
    }
    if (chunk.length == 0) {
      chunk = new byte[CHUNK];
    }
    for (int done = 0; done < length; done += chunk.length) {
      int part = Math.min(chunk.length, length - done);
      buffer.getBytes(offset + done, chunk, 0, part);
      crc.update(chunk, 0, part);
    }
  }
}
