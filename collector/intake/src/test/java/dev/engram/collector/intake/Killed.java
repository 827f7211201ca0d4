package dev.engram.collector.intake;

/** Ends the code of a process that was killed: it does nothing any more. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super(null, null, false, false);
  }
}
