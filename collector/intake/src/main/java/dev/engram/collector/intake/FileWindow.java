package dev.engram.collector.intake;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A piece of a file in memory, read only. Grows to the longest piece asked for, so the caller
 * bounds lengths that come from the file itself.
 */
final class FileWindow implements Closeable {
  private static final int USUAL_LENGTH = 256 << 10;

  private final FileChannel channel;
  private final UnsafeBuffer view = new UnsafeBuffer(new byte[0]);
  private final ByteBuffer peeked =
      ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private long start;

  FileWindow(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** The file's bytes from {@link #offset}; what lies beyond the loaded piece is undefined. */
  DirectBuffer buffer() {
    return view;
  }

  /** Where in {@link #buffer()} the byte at this place of the file is. */
  int offset(long position) {
    return (int) (position - start);
  }

  /** The place in the file just after the last loaded byte. */
  long end() {
    return start + bytes.limit();
  }

  long fileSize() throws IOException {
    return channel.size();
  }

  /**
   * Makes {@code length} bytes from {@code position} available, from memory when they are loaded.
   *
   * @return false when the file ends before
   */
  boolean load(long position, int length) throws IOException {
    if (position < start || position + length > end()) {
      read(position, length);
    }
    return position + length <= end();
  }

  /**
   * The little-endian number at this place, straight from the file; 0 when the file ends before.
   */
  int peekInt(long position) throws IOException {
    peeked.clear();
    return channel.read(peeked, position) == Integer.BYTES ? peeked.getInt(0) : 0;
  }

  /** Reads {@code length} bytes or more from {@code position}, whatever is loaded. */
  void read(long position, int length) throws IOException {
    int wanted = Math.max(length, USUAL_LENGTH);
    if (bytes.capacity() < wanted || bytes.capacity() > 4 * wanted) {
      bytes = ByteBuffer.allocate(wanted);
      view.wrap(bytes);
    }
    start = position;
    bytes.clear();
    while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0) {}
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
