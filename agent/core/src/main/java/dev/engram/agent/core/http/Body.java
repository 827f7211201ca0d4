package dev.engram.agent.core.http;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of one HTTP message as it passes: how many bytes there were, and the first of them. It
 * is told what the application reads or writes, and never reads or writes itself. Memory is taken
 * when the first byte passes, and never more than the limit. Used by one thread at a time, as the
 * server hands the message on; racing threads may cost content, nothing else.
 */
public final class Body {
  private static final int FIRST_CAPACITY = 512;
  private static final byte[] NOTHING = {};

  private final int limit;
  private final @Nullable MultipartScanner scanner;
  private byte[] kept = NOTHING;
  private int length;
  private long size;
  private boolean inside;
  private boolean closed;
  private @Nullable EncodedText text;
  private @Nullable WeakReference<Object> source;

  /**
   * @param limit bytes to keep; 0 only counts them
   */
  Body(int limit) {
    this(limit, null);
  }

  /**
   * @param scanner sees every byte of a body of several parts; null for any other
   */
  Body(int limit, @Nullable MultipartScanner scanner) {
    this.limit = limit;
    this.scanner = scanner;
  }

  /**
   * Begins one call of a stream's or writer's method. False inside another such call, which passes
   * the same bytes on; otherwise {@link #done()} follows, before what passed is added.
   */
  public boolean begin() {
    if (inside || closed) {
      return false;
    }
    inside = true;
    return true;
  }

  public void done() {
    inside = false;
  }

  public void add(byte value) {
    if (closed) {
      return;
    }
    size++;
    if (scanner != null) {
      scanner.scan(value);
    }
    int at = length;
    if (at < limit) {
      room(at + 1)[at] = value;
      length = at + 1;
    }
  }

  public void add(byte[] bytes, int from, int count) {
    if (closed || count <= 0) {
      return;
    }
    size += count;
    if (scanner != null) {
      scanner.scan(bytes, from, count);
    }
    int at = length;
    int fits = Math.min(count, limit - at);
    if (fits > 0) {
      System.arraycopy(bytes, from, room(at + fits), at, fits);
      length = at + fits;
    }
  }

  /** What remains in the buffer, which is left as it is. */
  public void add(ByteBuffer bytes) {
    if (closed) {
      return;
    }
    size += bytes.remaining();
    if (scanner != null) {
      scanner.scan(bytes);
    }
    int at = length;
    int fits = Math.min(bytes.remaining(), limit - at);
    if (fits > 0) {
      bytes.duplicate().get(room(at + fits), at, fits);
      length = at + fits;
    }
  }

  /** Characters of a writer, which become bytes in its charset. */
  public void add(char[] chars, int from, int count) {
    EncodedText encoded = text;
    if (encoded != null && !closed) {
      encoded.add(chars, from, count, this);
    }
  }

  /** The same. */
  public void add(String chars, int from, int count) {
    EncodedText encoded = text;
    if (encoded != null && !closed) {
      encoded.add(chars, from, count, this);
    }
  }

  /** The same. */
  public void add(char value) {
    EncodedText encoded = text;
    if (encoded != null && !closed) {
      encoded.add(value, this);
    }
  }

  /** Forgets what was written, as the response did. */
  public void clear() {
    length = 0;
    size = 0;
  }

  /** Bytes that passed. */
  long size() {
    return size;
  }

  /** Whether more passed than was kept. */
  boolean isCut() {
    return size > length;
  }

  /** The bytes that were kept, from the first on. */
  ByteBuffer kept() {
    byte[] bytes = kept;
    return ByteBuffer.wrap(bytes, 0, Math.min(length, bytes.length));
  }

  /** The charset of the writer it passes through; null when it passes as bytes. */
  @Nullable Charset charset() {
    EncodedText encoded = text;
    return encoded == null ? null : encoded.charset();
  }

  /**
   * From now on it passes through this object.
   *
   * @param charset of a writer; null for a stream of bytes
   */
  void passThrough(Object source, @Nullable Charset charset) {
    this.source = new WeakReference<>(source);
    this.text = charset == null ? null : new EncodedText(charset);
  }

  /** What it passes through, or null. */
  @Nullable Object source() {
    WeakReference<Object> through = source;
    return through == null ? null : through.get();
  }

  /** Takes no more and gives its memory back. */
  void close() {
    closed = true;
    kept = NOTHING;
    text = null;
  }

  /** Large enough whatever other threads do meanwhile: nothing may be thrown into a late write. */
  private byte[] room(int needed) {
    byte[] bytes = kept;
    if (needed > bytes.length) {
      int doubled = Math.max(FIRST_CAPACITY, 2 * bytes.length);
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(needed, doubled)));
      kept = bytes;
    }
    return bytes;
  }
}
