package dev.engram.collector.analysis.remedy;

import java.util.Locale;

/** The short id of a remedy that users see and type: {@code R-} and 12 hex digits. */
public final class RemedyLabel {
  /** Of FNV-1a. */
  private static final long PRIME = 0x100000001b3L;

  private RemedyLabel() {}

  /** The same wherever it is asked. */
  public static String of(String action, long fingerprint) {
    long hash = fingerprint;
    for (int i = 0; i < action.length(); i++) {
      hash = (hash ^ action.charAt(i)) * PRIME;
      hash ^= hash >>> 32;
    }
    return String.format(Locale.ROOT, "R-%012x", hash >>> 16);
  }
}
