package dev.engram.agent.record.ring;

/**
 * What a queue excerpt holds, little-endian.
 *
 * <pre>
 *  0  ring position of the record (8)
 *  8  number: 1 for the instance's first excerpt, then rising by 1, so that a gap is a loss that can be counted (8)
 * 16  kind code, without the ring's reserved flag (4)
 * 20  length of the record (4)
 * 24  the record
 * </pre>
 */
public final class Excerpt {
  public static final int POSITION_OFFSET = 0;
  public static final int NUMBER_OFFSET = 8;
  public static final int KIND_OFFSET = 16;
  public static final int LENGTH_OFFSET = 20;
  public static final int RECORD_OFFSET = 24;

  private Excerpt() {}
}
