package dev.engram.collector.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file of a {@link MemoryDisk}: can be read at any place, written in turn, and locked. */
final class MemoryChannel extends FileChannel {
  private final MemoryDisk disk;
  private final Path path;
  private final MemoryDisk.Entry entry;
  private long position;

  MemoryChannel(MemoryDisk disk, Path path, MemoryDisk.Entry entry, boolean appends) {
    this.disk = disk;
    this.path = path;
    this.entry = entry;
    position = appends ? entry.bytes.length : 0;
  }

  @Override
  public int read(ByteBuffer into) {
    int read = read(into, position);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public int read(ByteBuffer into, long at) {
    disk.watch().before("read " + path.getFileName());
    int left = (int) (entry.bytes.length - at);
    if (left <= 0) {
      disk.watch().seen(-1);
      return -1;
    }
    int length = Math.min(left, into.remaining());
    disk.watch().seen(new Digest().add(entry.bytes, (int) at, length).value());
    into.put(entry.bytes, (int) at, length);
    return length;
  }

  @Override
  public int write(ByteBuffer from) {
    int written = write(from, position);
    position += written;
    return written;
  }

  @Override
  public int write(ByteBuffer from, long at) {
    disk.watch().before("write " + path.getFileName());
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    disk.write(path, (int) at, bytes);
    return bytes.length;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public FileChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    disk.watch().seen(entry.bytes.length);
    return entry.bytes.length;
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) {
    disk.watch().before("lock " + path.getFileName());
    boolean held = disk.isLocked(path);
    disk.watch().seen(held ? 1 : 0);
    return held ? null : new Lock(this);
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void force(boolean metaData) {}

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long to, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void implCloseChannel() {}

  /** Held for the moment of the question. */
  private static final class Lock extends FileLock {
    Lock(FileChannel channel) {
      super(channel, 0, Long.MAX_VALUE, false);
    }

    @Override
    public boolean isValid() {
      return true;
    }

    @Override
    public void release() throws IOException {}
  }
}
