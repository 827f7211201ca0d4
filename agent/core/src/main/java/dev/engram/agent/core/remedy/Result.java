package dev.engram.agent.core.remedy;

import java.util.Locale;

/** What came of an attempt, as its record says it. */
enum Result {
  RESOLVED,
  /** Something older, or the answer of another model, stood in for the failure. */
  MASKED,
  /** A call was not made. */
  SPARED,
  FAILED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
