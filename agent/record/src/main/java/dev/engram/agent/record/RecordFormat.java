package dev.engram.agent.record;

/**
 * The frame of every record, little-endian. {@code docs/record-format.md} has the fields.
 *
 * <pre>
 * 0  format version (1)
 * 1  kind code (1)
 * 2  header length, 8 or more (2)
 * 4  CRC-32C of all bytes but these four (4)
 * 8  fields
 * </pre>
 *
 * A field is a key, {@code tag * 8 + wire type} as a varint, and a value of its wire type.
 */
public final class RecordFormat {
  public static final int VERSION = 1;

  static final int VERSION_OFFSET = 0;
  static final int KIND_OFFSET = 1;
  static final int HEADER_LENGTH_OFFSET = 2;
  static final int CHECKSUM_OFFSET = 4;
  static final int HEADER_LENGTH = 8;

  /** A longer record is refused unread. */
  public static final int MAX_RECORD_LENGTH = 64 << 20;

  /** Groups inside groups, such as causes, beyond this depth are malformed. */
  static final int MAX_DEPTH = 64;

  /** Fields of one record, those in groups included; bounds what decoding may allocate. */
  static final int MAX_FIELDS = 1 << 17;

  private RecordFormat() {}
}
