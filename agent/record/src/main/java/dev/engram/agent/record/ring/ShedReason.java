package dev.engram.agent.record.ring;

import java.util.Locale;

/**
 * Why a record was refused before it was written. The code is its place in the ring header's
 * tables.
 */
public enum ShedReason {
  /** The ring had no room for a record of its value. */
  RING_FULL(0),
  /** The queue is near its limit and this record is of low value. */
  QUEUE_NEAR_FULL(1),
  /** The disk is below its floor, so that nothing drains the ring. */
  DISK_FULL(2),
  /** Larger than anything the ring takes. */
  TOO_LARGE(3),
  /** Encoding it failed, for example because application text could not be read. */
  FAILED(4);

  /** Places kept in the header. */
  public static final int TABLE_SIZE = 8;

  private final int code;

  ShedReason(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The key users see: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
