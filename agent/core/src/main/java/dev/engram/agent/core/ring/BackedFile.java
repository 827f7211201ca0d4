package dev.engram.agent.core.ring;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A file that is mapped, by whomever. Its bytes are written as zeros before anybody stores into
 * them, so that a disk without room is an exception here and not a fault in the middle of a store.
 * Confined to one thread.
 */
public final class BackedFile implements Closeable {
  private static final int CHUNK = 64 << 10;

  /** Never written to, and shared through duplicates. */
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(CHUNK).asReadOnlyBuffer();

  private final FileChannel channel;
  private long backed;

  private BackedFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates the file.
   *
   * @param length how many bytes to back
   * @throws IOException when the file exists, or there is no room; what was begun is removed
   */
  public static BackedFile create(Path path, long length, FileAttribute<?> mode)
      throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileChannel channel = FileChannel.open(path, options, mode);
    try {
      BackedFile file = new BackedFile(channel);
      file.back(length);
      return file;
    } catch (Throwable failure) {
      channel.close();
      Files.deleteIfExists(path);
      throw failure;
    }
  }

  /**
   * Backs the file up to {@code length}. Nobody may have stored anything beyond {@link #backed()}.
   *
   * @throws IOException when there is no room; the bytes before stay backed
   */
  public void back(long length) throws IOException {
    while (backed < length) {
      int next = (int) Math.min(CHUNK, length - backed);
      backed += channel.write(ZEROS.duplicate().limit(next), backed);
    }
  }

  /** How many bytes from the file's start can be stored into. */
  public long backed() {
    return backed;
  }

  /** All of it that is backed. */
  UnsafeBuffer map() throws IOException {
    return new UnsafeBuffer(channel.map(MapMode.READ_WRITE, 0, backed));
  }

  /** Forces what was stored to disk; waits for the disk. */
  public void sync() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
