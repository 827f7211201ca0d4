package dev.engram.agent.core.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Characters on their way through a writer, as the bytes that they will be. Needed for writers that
 * encode into a buffer of their server only after the request is over. Used by one thread at a
 * time.
 */
final class EncodedText {
  private static final int STEP = 512;

  private final CharsetEncoder encoder;
  private final CharBuffer chars = CharBuffer.allocate(STEP);
  private final ByteBuffer bytes = ByteBuffer.allocate(2 * STEP);

  EncodedText(Charset charset) {
    encoder =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  Charset charset() {
    return encoder.charset();
  }

  void add(char[] from, int first, int count, Body to) {
    for (int at = first; at < first + count; ) {
      int step = Math.min(first + count - at, chars.remaining());
      chars.put(from, at, step);
      at += step;
      encode(to);
    }
  }

  void add(String from, int first, int count, Body to) {
    for (int at = first; at < first + count; ) {
      int step = Math.min(first + count - at, chars.remaining());
      from.getChars(at, at + step, chars.array(), chars.position());
      chars.position(chars.position() + step);
      at += step;
      encode(to);
    }
  }

  void add(char value, Body to) {
    chars.put(value);
    encode(to);
  }

  /** The first half of a pair stays until the second comes. */
  private void encode(Body to) {
    chars.flip();
    CoderResult result;
    do {
      bytes.clear();
      result = encoder.encode(chars, bytes, false);
      to.add(bytes.array(), 0, bytes.position());
    } while (result.isOverflow());
    chars.compact();
  }
}
