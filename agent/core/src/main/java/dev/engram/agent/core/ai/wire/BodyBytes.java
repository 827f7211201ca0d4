package dev.engram.agent.core.ai.wire;

import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes the beginning of a body that is written to it. Confined to one thread. */
public final class BodyBytes extends OutputStream {
  private static final int FIRST_CAPACITY = 1 << 10;

  private final int limit = WireCall.bodyLimit();
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int at, int count) {
    int fits = Math.min(count, limit - length);
    if (fits > 0) {
      if (length + fits > bytes.length) {
        int doubled = Math.min(limit, Math.max(length + fits, 2 * bytes.length));
        bytes = Arrays.copyOf(bytes, doubled);
      }
      System.arraycopy(from, at, bytes, length, fits);
      length += fits;
    }
  }

  /** The call that they ask for; null as in {@link WireCall#open}. */
  public @Nullable WireCall open(Endpoint endpoint) {
    return WireCall.open(endpoint, bytes, length);
  }
}
