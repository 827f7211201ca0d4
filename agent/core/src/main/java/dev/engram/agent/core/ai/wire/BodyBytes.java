package dev.engram.agent.core.ai.wire;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes the beginning of a body that is written to it. Used by one thread at a time. */
public final class BodyBytes extends OutputStream {
  private static final int FIRST_CAPACITY = 1 << 10;

  private final int limit;
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;
  private long missed;

  /** For what is asked. */
  public BodyBytes() {
    this(WireCall.bodyLimit());
  }

  /**
   * @param limit bytes to keep
   */
  BodyBytes(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int at, int count) {
    take(ByteBuffer.wrap(from, at, count), count);
  }

  /** Takes the next bytes of the buffer, and passes those over that it has no room for. */
  public void take(ByteBuffer from, int count) {
    int fits = Math.min(count, limit - length);
    if (length + fits > bytes.length) {
      int doubled = Math.min(limit, Math.max(length + fits, 2 * bytes.length));
      bytes = Arrays.copyOf(bytes, doubled);
    }
    from.get(bytes, length, fits).position(from.position() + count - fits);
    length += fits;
    missed += count - fits;
  }

  /** How many bytes had no room. */
  long missed() {
    return missed;
  }

  int length() {
    return length;
  }

  String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  void clear() {
    length = 0;
    missed = 0;
  }

  /** All of them; null where some had no room. */
  public byte @Nullable [] whole() {
    return missed > 0 ? null : Arrays.copyOf(bytes, length);
  }

  /** The call that they ask for; null as in {@link WireCall#open}. */
  public @Nullable WireCall open(Endpoint endpoint) {
    return WireCall.open(endpoint, bytes, length);
  }
}
