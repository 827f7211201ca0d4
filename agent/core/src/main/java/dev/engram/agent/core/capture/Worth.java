package dev.engram.agent.core.capture;

/** What a record is worth when room is short. */
public enum Worth {
  /** An ordinary, fast success: the first to be shed. */
  ORDINARY,
  /**
   * Errors, AI, decisions, feedback, lifecycle and the end of an accepted begun: may use the
   * reserved quarter, but for its last, which the notes of ends alone may use.
   */
  RESERVED
}
