package dev.engram.agent.record.redaction;

import dev.engram.agent.record.pattern.StarPattern;
import java.util.List;
import java.util.Locale;

/**
 * Masks of names: {@code *} stands for any part, case does not matter. A name matches as a whole or
 * by the last part of its path, so that {@code cookie} covers {@code http.request.header.cookie}.
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

  private final List<StarPattern> masks;

  KeyMasks(List<String> masks) {
    this.masks =
        masks.stream().map(mask -> new StarPattern(mask.strip().toLowerCase(Locale.ROOT))).toList();
  }

  boolean matches(String name) {
    if (masks.isEmpty()) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String last = NamePath.last(lower);
    for (StarPattern mask : masks) {
      if (mask.fits(lower) || mask.fits(last)) {
        return true;
      }
    }
    return false;
  }
}
