package dev.engram.collector.analysis.similar;

import java.util.Arrays;

/**
 * Where each frame stands in one stack: ids of frames ascending, and of one frame its positions
 * ascending. Immutable.
 */
final class StackFrames {
  private static final int POSITION_BITS = 16;

  /** Id and position, from 1 at the top, in one number each: in the order that is walked. */
  private final long[] placed;

  /**
   * Places them.
   *
   * @param ids innermost first; not negative
   */
  StackFrames(int[] ids) {
    placed = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      placed[i] = ((long) ids[i] << POSITION_BITS) | (i + 1);
    }
    Arrays.sort(placed);
  }

  int size() {
    return placed.length;
  }

  int id(int i) {
    return (int) (placed[i] >>> POSITION_BITS);
  }

  int position(int i) {
    return (int) placed[i] & ((1 << POSITION_BITS) - 1);
  }
}
