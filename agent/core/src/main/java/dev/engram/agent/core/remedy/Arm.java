package dev.engram.agent.core.remedy;

import dev.engram.agent.record.RemedyAttemptRecord;
import java.util.Locale;

/** What was done about a failure, as {@link RemedyAttemptRecord#arm()} has it. */
enum Arm {
  OBSERVED,
  UNCLEAR,
  CONTROL,
  TREATED,
  SKIPPED,
  PROBE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
