package dev.engram.agent.record;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the bytes of one record into a value. Trusts nothing: never throws, never allocates more
 * than its input justifies. Stateless.
 */
public final class RecordDecoder {
  private RecordDecoder() {}

  /**
   * The record in {@code length} bytes from {@code offset}; {@link MalformedRecord} when they are
   * none, {@link UnknownRecord} when they are one of a kind that only newer versions know.
   */
  public static DecodedRecord decode(DirectBuffer buffer, int offset, int length) {
    if (length < RecordFormat.HEADER_LENGTH || length > RecordFormat.MAX_RECORD_LENGTH) {
      return new MalformedRecord("a record cannot have " + length + " bytes");
    }
    if (offset < 0 || offset > buffer.capacity() - length) {
      return new MalformedRecord("the record lies outside the buffer");
    }
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    return decode(bytes);
  }

  private static DecodedRecord decode(byte[] bytes) {
    int checksum = little(bytes, RecordFormat.CHECKSUM_OFFSET, Integer.BYTES);
    if (checksum != new RecordChecksum().of(new UnsafeBuffer(bytes), 0, bytes.length)) {
      return new MalformedRecord("the checksum does not match: the record was cut or changed");
    }
    int version = bytes[RecordFormat.VERSION_OFFSET] & 0xFF;
    int kindCode = bytes[RecordFormat.KIND_OFFSET] & 0xFF;
    int headerLength = little(bytes, RecordFormat.HEADER_LENGTH_OFFSET, Short.BYTES);
    if (version == 0 || headerLength < RecordFormat.HEADER_LENGTH || headerLength > bytes.length) {
      return new MalformedRecord("version " + version + ", header of " + headerLength + " bytes");
    }
    RecordKind kind = RecordKind.ofCode(kindCode);
    return kind == null
        ? new UnknownRecord(kindCode, version)
        : fields(kind, new FieldReader(bytes, headerLength));
  }

  private static DecodedRecord fields(RecordKind kind, FieldReader reader) {
    try {
      return DecodedFields.read(reader).toRecord(kind);
    } catch (MalformedFieldException e) {
      return new MalformedRecord(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new MalformedRecord("cannot be decoded: " + e);
    }
  }

  private static int little(byte[] bytes, int offset, int width) {
    int value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | bytes[offset + i] & 0xFF;
    }
    return value;
  }
}
