package dev.engram.collector.analysis;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The short id of an error group that users see and type: {@code E-} and the first 12 hex digits of
 * the fingerprint.
 */
public final class ErrorLabel {
  private static final Pattern LABEL = Pattern.compile("[eE]-([0-9a-fA-F]{1,12})");

  private ErrorLabel() {}

  /** The label of this fingerprint, such as {@code E-1f0c9a77b3d2}. */
  public static String of(long fingerprint) {
    return String.format(Locale.ROOT, "E-%012x", fingerprint >>> 16);
  }

  /**
   * The lower-case hex digits a label, or the beginning of one, asks for; empty when the text is no
   * label.
   */
  public static Optional<String> hexDigits(String text) {
    Matcher label = LABEL.matcher(text);
    return label.matches()
        ? Optional.of(label.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
