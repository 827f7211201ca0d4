package dev.engram.collector.store;

/**
 * Where an instance's records have been stored up to.
 *
 * @param position the highest contiguous ring position that is stored
 * @param number the number of the last excerpt; 0 before the first
 * @param queueIndexHint where to start looking in the queue; 0 when unknown
 */
public record Checkpoint(long position, long number, long queueIndexHint) {
  public static final Checkpoint START = new Checkpoint(-1, 0, 0);

  /**
   * Whether this is further than {@code other}: by position, then by number. The hint does not
   * count.
   */
  public boolean isAheadOf(Checkpoint other) {
    return position != other.position ? position > other.position : number > other.number;
  }
}
