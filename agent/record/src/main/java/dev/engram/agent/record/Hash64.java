package dev.engram.agent.record;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A 64-bit hash over a sequence of values: FNV-1a with a word of 8 bytes in place of a byte, and
 * MurmurHash3's 64-bit finaliser, so that every bit of the result depends on every bit of the
 * input. For identity among honest values; it does not withstand forgery. Confined to one thread.
 */
public final class Hash64 {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long state = OFFSET_BASIS;

  public Hash64 add(long value) {
    state = (state ^ value) * PRIME;
    state ^= state >>> 32;
    return this;
  }

  /** Adds the length and every char, four to a word. */
  public Hash64 add(String text) {
    add(text.length());
    long word = 0;
    for (int i = 0; i < text.length(); i++) {
      word = word << 16 | text.charAt(i);
      if ((i & 3) == 3) {
        add(word);
        word = 0;
      }
    }
    return (text.length() & 3) == 0 ? this : add(word);
  }

  /** Adds the length and every byte, eight to a word, little-endian. */
  public Hash64 add(DirectBuffer buffer, int offset, int length) {
    add(length);
    int whole = length & ~7;
    for (int i = 0; i < whole; i += 8) {
      add(buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN));
    }
    long rest = 0;
    for (int i = whole; i < length; i++) {
      rest = rest << 8 | buffer.getByte(offset + i) & 0xFF;
    }
    return whole == length ? this : add(rest);
  }

  /** The hash of everything added so far; never 0. */
  public long value() {
    long hash = state;
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }
}
