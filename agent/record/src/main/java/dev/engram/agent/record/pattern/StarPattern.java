package dev.engram.agent.record.pattern;

import java.util.Arrays;
import java.util.Comparator;

/** A text in which {@code *} stands for any characters. Immutable. */
public final class StarPattern {
  private final String pattern;

  /** Most texts lack it, and are looked at once then. */
  private final String longestPart;

  public StarPattern(String pattern) {
    this.pattern = pattern;
    this.longestPart =
        Arrays.stream(pattern.split("\\*")).max(Comparator.comparingInt(String::length)).orElse("");
  }

  /**
   * Whether it stands for the whole text. Goes back to the last star alone, so that no pattern
   * takes more than length by length steps.
   */
  public boolean fits(String text) {
    return text.contains(longestPart) && fitsWhole(text);
  }

  private boolean fitsWhole(String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int tried = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        tried = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++tried;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
