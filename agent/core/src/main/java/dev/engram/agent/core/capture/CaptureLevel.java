package dev.engram.agent.core.capture;

import java.util.Locale;

/** How much of what happens is remembered: {@code engram.capture}. */
enum CaptureLevel {
  ALL,
  /** Exceptions, and requests in which something failed, with all that is in them. */
  ERRORS,
  OFF;

  static CaptureLevel of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
