package dev.engram.agent.core.redaction;

import java.util.List;
import java.util.Locale;

/**
 * Masks of names: {@code *} stands for any part, case does not matter. A name matches as a whole or
 * by its last part after a dot, so that {@code cookie} covers {@code http.request.header.cookie}.
 * Immutable.
 */
final class KeyMasks {
  /** Hold unless a name is allowed. */
  static final List<String> BUILT_IN =
      List.of(
          "*authorization",
          "cookie",
          "set-cookie",
          "*password*",
          "passwd",
          "pwd",
          "*secret*",
          "*token*",
          "*api*key*",
          "*session*",
          "*credential*",
          "*access*key*",
          "*account*key",
          "*private*key*",
          "*passphrase*");

  private final List<String> masks;

  KeyMasks(List<String> masks) {
    this.masks = masks.stream().map(mask -> mask.strip().toLowerCase(Locale.ROOT)).toList();
  }

  boolean matches(String name) {
    if (masks.isEmpty()) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String last = lower.substring(lower.lastIndexOf('.') + 1);
    for (String mask : masks) {
      if (matches(mask, lower) || matches(mask, last)) {
        return true;
      }
    }
    return false;
  }

  /** Goes back to the latest star only, which takes at most mask times name steps. */
  private static boolean matches(String mask, String name) {
    int m = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (m < mask.length() && mask.charAt(m) == '*') {
        star = m++;
        resume = n;
      } else if (m < mask.length() && mask.charAt(m) == name.charAt(n)) {
        m++;
        n++;
      } else if (star >= 0) {
        m = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (m < mask.length() && mask.charAt(m) == '*') {
      m++;
    }
    return m == mask.length();
  }
}
