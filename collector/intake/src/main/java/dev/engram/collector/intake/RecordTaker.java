package dev.engram.collector.intake;

import org.agrona.DirectBuffer;

/** Takes what a queue or a ring gives, in order. */
interface RecordTaker {
  /** Whether more may be given before what was taken is committed. */
  boolean hasRoom();

  /**
   * One record. The buffer is valid during the call only.
   *
   * @param position its ring position
   * @param number of the last excerpt, this one included; unchanged by records straight from a ring
   * @param place in the queue file, to resume from; 0 when it came from a ring
   */
  void record(long position, long number, long place, DirectBuffer buffer, int offset, int length);

  /**
   * Something that is no record, with whatever bytes it has.
   *
   * @param position the ring position that was reached
   * @param number of the last excerpt, this one included
   */
  void malformed(
      long position, long number, String reason, DirectBuffer buffer, int offset, int length);

  /**
   * Records that a gap shows to be gone.
   *
   * @param number of the last of them
   */
  void lost(long number, String reason, long records);
}
