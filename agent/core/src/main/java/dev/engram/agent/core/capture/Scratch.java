package dev.engram.agent.core.capture;

import dev.engram.agent.record.RecordEncoder;
import org.agrona.ExpandableArrayBuffer;

/** Memory in which one record at a time is made. Confined to whoever took it from the pool. */
final class Scratch {
  private static final int FIRST_CAPACITY = 512;

  /** A buffer that one large record has grown beyond this is not kept. */
  private static final int MAX_KEPT = 256 << 10;

  private final RecordEncoder encoder = new RecordEncoder();
  private ExpandableArrayBuffer record = new ExpandableArrayBuffer(FIRST_CAPACITY);
  private ExpandableArrayBuffer content = new ExpandableArrayBuffer(0);

  RecordEncoder encoder() {
    return encoder;
  }

  /** Where the record goes. */
  ExpandableArrayBuffer record() {
    return record;
  }

  /** Where a payload lies while it is cut into parts. */
  ExpandableArrayBuffer content() {
    return content;
  }

  void shrink() {
    if (record.capacity() > MAX_KEPT) {
      record = new ExpandableArrayBuffer(FIRST_CAPACITY);
    }
    if (content.capacity() > MAX_KEPT) {
      content = new ExpandableArrayBuffer(0);
    }
  }
}
