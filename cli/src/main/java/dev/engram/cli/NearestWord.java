package dev.engram.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant to type. */
final class NearestWord {
  private NearestWord() {}

  /** The word that takes the fewest edits, unless it takes more than a third of the letters. */
  static Optional<String> of(String typed, Collection<String> words) {
    return words.stream()
        .min(
            Comparator.comparingInt((String word) -> edits(typed, word))
                .thenComparing(word -> word))
        .filter(word -> edits(typed, word) <= Math.max(1, typed.length() / 3));
  }

  /** Insertions, deletions, replacements and swaps of neighbours. */
  private static int edits(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, from, to, i, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int cheapest(int[][] edits, String from, String to, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
