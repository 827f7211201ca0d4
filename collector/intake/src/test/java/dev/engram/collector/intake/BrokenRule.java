package dev.engram.collector.intake;

/** A rule of the hand-over that a search breaks on purpose, to prove that it would notice. */
enum BrokenRule {
  NONE,
  FREED_BEFORE_APPENDED,
  CHECKPOINT_APART_FROM_ROWS,
  FILES_REMOVED_BEFORE_SYNC,
  LIVE_INSTANCE_ADOPTED,
  EXCERPTS_WITHOUT_RING_POSITION
}
