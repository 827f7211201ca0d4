package dev.engram.collector.analysis.decision;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a decision turned out. */
public enum OutcomeLabel {
  SUCCESS,
  FAILURE,
  /** In part; counts as neither in rates of success. */
  PARTIAL,
  /** Nobody knows, or not yet; never counted as failure. */
  UNKNOWN;

  /** Whatever its case; a word that is none of them is unknown. */
  public static OutcomeLabel of(String text) {
    for (OutcomeLabel label : values()) {
      if (label.text().equals(text.toLowerCase(Locale.ROOT))) {
        return label;
      }
    }
    return UNKNOWN;
  }

  /** All of them, in lower case. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(OutcomeLabel::text).toList();
  }

  /** In lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
