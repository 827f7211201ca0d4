package dev.engram.agent.core.capture;

import dev.engram.agent.record.RecordKind;
import org.agrona.DirectBuffer;

/** Where finished records go. Thread-safe; callers are application threads. */
public interface RecordSink {
  /**
   * Offers one encoded record. Never blocks, never throws; a refusal is counted by its reason.
   *
   * @return whether it was committed
   */
  boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length);

  /** The largest record that is taken, in bytes; a larger payload travels in parts. */
  int maxRecordLength();

  /**
   * Counts a record that was given up before it could be offered, for example because application
   * text could not be read.
   */
  void failed();

  /**
   * Rises with each roll of the queue: what may be sent once a roll is sent again when this
   * changes.
   */
  long roll();
}
