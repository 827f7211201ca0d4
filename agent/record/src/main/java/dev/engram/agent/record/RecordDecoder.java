package dev.engram.agent.record;

import org.agrona.DirectBuffer;

/**
 * Turns the bytes of one record into a value. Trusts nothing: never throws, never allocates more
 * than its input justifies.
 */
public final class RecordDecoder {
  private RecordDecoder() {}

  /**
   * The record in {@code length} bytes from {@code offset}; {@link MalformedRecord} when they are
   * none.
   */
  public static DecodedRecord decode(DirectBuffer buffer, int offset, int length) {
    throw new AssertionError("to be written");
  }
}
