package dev.engram.collector.analysis;

/** How soon somebody should look, the most urgent first. */
public enum Severity {
  /** It fails, or will within the hour. */
  CRITICAL,
  /** It will fail within the day, or makes the next failure worse. */
  WARNING,
  /** Worth a look when there is time. */
  NOTICE
}
