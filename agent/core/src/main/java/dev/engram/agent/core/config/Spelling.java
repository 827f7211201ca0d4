package dev.engram.agent.core.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what a mistyped word was meant to be. Pure. */
final class Spelling {
  private Spelling() {}

  /** The candidate with the fewest edits from the word; null when none is alike. */
  static @Nullable String nearest(String word, Collection<String> candidates) {
    String nearest = null;
    int fewest = Math.max(2, word.length() / 3) + 1;
    for (String candidate : candidates) {
      int edits = edits(word, candidate);
      if (edits < fewest) {
        fewest = edits;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance: insertions, deletions and replacements of single characters. */
  static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
