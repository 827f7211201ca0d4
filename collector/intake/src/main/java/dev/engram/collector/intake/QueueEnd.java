package dev.engram.collector.intake;

/**
 * The last excerpt that was read whole from an instance's queue.
 *
 * @param position the ring position just after its record; -1 when there is no such excerpt
 * @param number its number; 0 when there is none
 */
record QueueEnd(long position, long number) {
  static final QueueEnd NONE = new QueueEnd(-1, 0);
}
