package dev.engram.collector.intake;

/**
 * What became of records in quarantine.
 *
 * @param stored those that are in the store now
 * @param left those that still cannot be stored, and stay
 */
public record Replayed(long stored, long left) {
  static final Replayed NOTHING = new Replayed(0, 0);

  Replayed and(Replayed other) {
    return new Replayed(stored + other.stored, left + other.left);
  }
}
