package dev.engram.agent.record.control;

import java.util.List;
import java.util.Locale;

/** What healing may do. */
public enum HealLevel {
  /** Nothing, not even look. */
  OFF,
  /** Note what could have been healed. */
  OBSERVE,
  /** Try what may help, and apply what has been shown to. */
  AUTO;

  /** The setting's key in {@code switches.json}. */
  public static final String KEY = "heal";

  /** As settings say it. */
  public static final List<String> LABELS = List.of("off", "observe", "auto");

  /** Of one of {@link #LABELS}. */
  public static HealLevel of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
