package dev.engram.agent.core.capture;

import java.util.Locale;

/** How much of what happens is remembered: {@code engram.capture}. */
enum CaptureLevel {
  ALL,
  /** Spans that failed, and exceptions. */
  ERRORS,
  OFF;

  static CaptureLevel of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
