package dev.engram.agent.record;

/** How the value of a field is written. Codes 3 to 7 are reserved. */
public enum WireType {
  /**
   * Seven bits a byte, lowest first; a set top bit says that more follow. 64 bits, two's
   * complement.
   */
  VARINT(0),
  /** Eight bytes, little-endian. */
  FIXED64(1),
  /**
   * A length as a varint, which may be padded, then that many bytes: text, raw bytes or a group.
   */
  BYTES(2);

  private final int code;

  WireType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
